"""Samples: some cases of a target, and what came of them."""

from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.fuzzing.batch import Tally, one
from simulator.fuzzing.kinds import Kind, kinds_of
from simulator.fuzzing.targets import open_target
from simulator.mutation.cases import Target

SEED = "ci"


def kind(draft: str, place: int = 0) -> Kind:
    """An environment of a draft."""
    return kinds_of(registry.named(draft))[place]


def latest() -> Draft:
    """The last of the drafts."""
    return registry.known()[-1]


async def sampled(target: Target, environment: str | None, cases: int) -> Tally:
    """The first cases; none of them is a finding."""
    tally = Tally()
    for number in range(cases):
        await one(target, environment, number, SEED, tally)
    assert not tally.findings, "\n\n".join(map(str, tally.findings))
    assert tally.cases == cases
    return tally


async def sample(target: str, environment: str | None, cases: int) -> Tally:
    """The same of a target by name."""
    async with open_target(target, environment) as opened:
        return await sampled(opened, environment, cases)


def labels(tally: Tally) -> set[str]:
    """What has come of any."""
    return {label for _, label in tally.outcomes}
