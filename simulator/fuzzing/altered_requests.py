"""Valid requests of an environment, altered: bodies, path variables, who they are from. Where they are sent, and what
must hold of the answers, is a target's own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from simulator.codec import Span, encode, spans
from simulator.codec.declare import wire_of
from simulator.drafts.fuzzing import Signers
from simulator.errors import Misuse
from simulator.fuzzing.environment import PROVIDERS, Environment, Seed
from simulator.fuzzing.whole_bodies import ITEMS, Several, body_of
from simulator.mls.crypto import cipher_suite
from simulator.mutation.cases import ALL, ENVELOPE, UNSIGNED, Case, Shot
from simulator.mutation.edits import NAMES, altered, some_cuts, some_edits
from simulator.mutation.forgery import IMPOSSIBLE, Forger
from simulator.mutation.randomness import Random, seeded
from simulator.services.signing import signer

SHARES = {"handshake": 8, "fan_out": 4}
"""Neutral words for the endpoints that change groups, or bring what does: how many cases they get for one of another
endpoint."""
FROM = ("", "a.example", "mimi@", "mimi@z.example", "MIMI@a.example", "mimi@a.example, mimi@b.example", "x" * 4000)
"""What a header may say about the sender that is nobody, or somebody else."""


class AlteredRequests:
    """Makes cases of the seeds of an environment."""

    def __init__(self, environment: Environment, senders: Sequence[str] = PROVIDERS) -> None:
        """`senders` are the providers in whose names something can be sent. Raises Misuse where there is no valid
        request to begin with.
        """
        if not environment.seeds:
            name = environment.kind.draft
            raise Misuse(f"{name} has no request that anybody makes by itself: its `fuzzing` may give `questions`")
        self._environment = environment
        self._senders = senders
        self._weights = _weights(environment)
        self.valid = {body_of(seed.request) for seed in environment.seeds if seed.code is None}
        """Bodies that are as they should be."""

    def case(self, rng: Random) -> Case:
        """A request with something altered."""
        environment = self._environment
        (seed,) = rng.choices(environment.seeds, self._weights)
        seed, request = self._elsewhere(seed, rng), seed.request
        if rng.random() < 0.15:
            return Case(seed.name, seed, cuts=some_cuts(body_of(request), lambda: parts_of(request), rng))
        edits = some_edits(wire_of(type(request)), request, environment.pool, rng)
        return Case(seed.name, seed, edits, signing=rng.choice((UNSIGNED, ENVELOPE, ALL, ALL, ALL)))

    def shot(self, case: Case) -> Shot:
        """The body, and who sends it where."""
        seed: Seed = case.seed
        request = seed.request
        if case.edits:
            request = altered(wire_of(type(request)), request, case.edits, self._environment.pool, seeded(0))
        if case.signing:
            request = signed_again(self._environment, seed, request, deep=case.signing == ALL)
        data = body_of(request)
        for cut in case.cuts:
            data = cut.apply(data)
        return seed.shot(data)

    def place(self, case: Case) -> str:
        """The endpoint."""
        return str(case.seed.endpoint)

    def _elsewhere(self, seed: Seed, rng: Random) -> Seed:
        """The seed with another sender or path, where these are no part of the body."""
        how, says = rng.random(), self._environment.session.draft.sender
        if how < 0.08 and seed.variables:
            known = [value for other in self._environment.seeds for value in other.variables.values()]
            value = rng.choice((*NAMES, *known, f"{rng.choice(known)}/x"))
            return replace(seed, variables=dict.fromkeys(seed.variables, value))
        if how < 0.12 and says is not None:
            sender = rng.choice(self._senders)
            return replace(seed, sender=sender, headers=says.headers(sender))
        if how < 0.15 and says is not None:
            names = [name for name, _ in says.headers(seed.sender)]
            said = [(name, rng.choice(FROM)) for name in names for _ in range(rng.randrange(3))]
            return replace(seed, headers=tuple(said))
        return seed


def _weights(environment: Environment) -> list[float]:
    """How often each seed is chosen: an endpoint has its share, whatever it has of seeds."""
    words = environment.session.draft.words
    shares = {words[word].endpoint: share for word, share in SHARES.items() if word in words}
    count: Mapping[str, int] = {
        seed.endpoint: sum(seed.endpoint == other.endpoint for other in environment.seeds) for seed in environment.seeds
    }
    return [shares.get(seed.endpoint, 1) / count[seed.endpoint] for seed in environment.seeds]


def parts_of(request: Any) -> tuple[Span, ...]:
    """Where in its body the parts of a request are."""
    data = encode(request)
    return tuple(_shifted(part, len(data) - len(body_of(request))) for part in spans(type(request), data))


def _shifted(part: Span, by: int) -> Span:
    children = tuple(_shifted(child, by) for child in part.children)
    return Span(part.name, max(0, part.start - by), max(0, part.end - by), part.value, children)


def signed_again(environment: Environment, seed: Seed, request: Any, *, deep: bool) -> Any:
    """The request with its own signature made right and, if `deep`, all that is inside it."""
    suite, signs = cipher_suite(environment.kind.suite), environment.signs
    usual = signer(suite, seed.key) if seed.key is not None else signs[seed.sender]
    hub = signs.get(seed.recipient, signs[seed.sender])
    forger = Forger(suite, environment.keys, environment.views, usual, hub, environment.session.now)
    signers = Signers(forger, signs, seed.sender)
    try:
        if isinstance(request, Several):
            items = tuple(_signed(environment, each, signers, deep=deep) for each in request.items)
            return replace(request, **{ITEMS: items})  # type: ignore[type-var]
        return _signed(environment, request, signers, deep=deep)
    except IMPOSSIBLE:
        return request


def _signed(environment: Environment, request: Any, signers: Signers, *, deep: bool) -> Any:
    if environment.own.sign_again is not None:
        return environment.own.sign_again(request, signers, deep)
    return environment.session.draft.resign(request, signers.forger.usual)
