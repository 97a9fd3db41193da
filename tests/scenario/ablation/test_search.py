"""Which runs are made without a rule, and what they show."""

from collections.abc import Sequence

import pytest

from simulator.scenario.ablation import Row, Trial, Tried, Verdict, ablate
from simulator.scenario.ablation.search import MOST_OTHERS
from tests.scenario.ablation.found import subject, tried

R, A, B, C = (subject(name) for name in ("R", "A", "B", "C"))
STOPS = subject("STOPS", essential="nothing can be decoded")


class Laboratory:
    """Runs trials: what becomes of a scenario is written down by its id and what is waived."""

    def __init__(self, **after: Tried) -> None:
        self._after = after
        self.waves: list[list[str]] = []

    async def __call__(self, trials: Sequence[Trial]) -> Sequence[Tried]:
        names = ["_".join((trial.scenario.id, *trial.waived)) for trial in trials]
        self.waves.append(names)
        return [self._after[name] for name in names]


async def row(laboratory: Laboratory, *baseline: Tried, known: Sequence = (R, A, B, C, STOPS)) -> Row:
    """What is found out about the rule R."""
    (found,) = await ablate([R], known, baseline, laboratory)
    return found


async def test_only_what_breaks_the_rule_is_run_without_it() -> None:
    laboratory = Laboratory(
        one_R=tried("one", {3: ("R",)}, let=("R",)), two_R=tried("two", {1: ("R",)}, fails="it succeeded", let=("R",))
    )
    found = await row(laboratory, tried("one", {3: ("R",)}), tried("two", {1: ("R",)}), tried("three", {3: ("A",)}))
    assert laboratory.waves == [["one_R", "two_R"]]
    assert (found.verdict, found.seen_in) == (Verdict.noticed, ("one", "two"))
    assert [each.words for each in found.notices] == ["two.yaml:12 send m1: expected success, but it succeeded"]


async def test_what_refuses_instead_is_named_where_only_the_kind_of_refusal_is_missed() -> None:
    laboratory = Laboratory(one_R=tried("one", {1: ("R", "B", "A", "of no draft"), 2: ("C",)}, fails="another code"))
    found = await row(laboratory, tried("one", {1: ("R", "B")}))
    assert found.notices[0].instead == ("A",)
    assert found.notices[0].words.endswith("expected success, but another code; instead A")


async def test_what_breaks_without_it_counts_as_noticed() -> None:
    found = await row(Laboratory(one_R=tried("one", {3: ("R",)}, faults="KeyError: 3")), tried("one", {3: ("R",)}))
    assert (found.verdict, found.notices[0].breaks) == (Verdict.noticed, True)


async def test_what_refuses_in_its_place_is_taken_away_with_it() -> None:
    laboratory = Laboratory(
        one_R=tried("one", {2: ("C",), 3: ("R", "A", "B", "of no draft")}, let=("R",)),
        one_R_A=tried("one", {2: ("C",), 3: ("R", "A", "B")}, let=("R", "A")),
        one_R_B=tried("one", {2: ("C",), 3: ("R", "A", "B")}, fails="it succeeded", let=("R", "B")),
    )
    found = await row(laboratory, tried("one", {2: ("C",), 3: ("R",)}))
    assert laboratory.waves == [["one_R"], ["one_R_A", "one_R_B"]]
    assert (found.verdict, found.candidates) == (Verdict.redundant, ("A", "B"))
    assert found.reason == "redundant with B: waived together, one notices"


async def test_one_rule_after_the_other_can_refuse_in_its_place() -> None:
    laboratory = Laboratory(
        one_R=tried("one", {3: ("R", "A")}),
        one_R_A=tried("one", {3: ("R", "A", "B")}),
        one_R_A_B=tried("one", {3: ("R", "A", "B")}, fails="it succeeded"),
    )
    found = await row(laboratory, tried("one", {3: ("R",)}))
    assert found.reason == "redundant with A and B: waived together, one notices"


async def test_what_can_not_be_switched_off_ends_the_search() -> None:
    laboratory = Laboratory(one_R=tried("one", {3: ("R", "A")}), one_R_A=tried("one", {3: ("R", "A", "STOPS")}))
    found = await row(laboratory, tried("one", {3: ("R",)}))
    assert found.reason == "without A too, STOPS refuses it, which can't be switched off, in one"
    assert found.verdict is Verdict.redundant


async def test_where_nothing_refuses_in_its_place_it_is_a_hole() -> None:
    found = await row(Laboratory(one_R=tried("one", {3: ("R",)}, let=("R",))), tried("one", {3: ("R",)}))
    assert (found.verdict, found.hole) == (
        Verdict.hole,
        "no scenario notices: 1 breaks it and passes without it",
    )


async def test_a_rule_that_refuses_all_the_same_is_told() -> None:
    found = await row(Laboratory(one_R=tried("one", {3: ("R",)})), tried("one", {3: ("R",)}))
    assert found.always_kept


async def test_a_rule_that_nothing_breaks_needs_no_run() -> None:
    laboratory = Laboratory()
    found = await row(laboratory, tried("one", {3: ("A",)}))
    assert (laboratory.waves, found.verdict, found.seen_in) == ([], Verdict.hole, ())


async def test_an_essential_rule_is_not_tried() -> None:
    laboratory = Laboratory()
    (found,) = await ablate([STOPS], [STOPS], [tried("one", {3: ("STOPS",)})], laboratory)
    assert (laboratory.waves, found.verdict, found.seen_in) == ([], Verdict.essential, ("one",))


async def test_the_search_ends() -> None:
    others = [subject(f"O{number}") for number in range(40)]

    class Endless(Laboratory):
        async def __call__(self, trials: Sequence[Trial]) -> Sequence[Tried]:
            self.waves.append([trial.scenario.id for trial in trials])
            names = tuple(each.id for each in others)
            return [tried("one", {3: ("R", *names)}) for _ in trials]

    laboratory = Endless()
    found = await row(laboratory, tried("one", {3: ("R",)}), known=[R, *others])
    assert found.verdict is Verdict.hole
    assert len(laboratory.waves) == 1 + MOST_OTHERS
    assert max(map(len, laboratory.waves)) <= 8


@pytest.mark.parametrize("order", [("R", "A"), ("A", "R")])
async def test_rows_are_in_the_order_of_the_rules(order: tuple[str, ...]) -> None:
    laboratory = Laboratory(
        one_R=tried("one", {3: ("R", "A")}, fails="it succeeded"),
        one_A=tried("one", {3: ("R", "A")}, fails="so did it"),
    )
    found = await ablate([subject(name) for name in order], [R, A], [tried("one", {3: ("R", "A")})], laboratory)
    assert tuple(each.subject.id for each in found) == order
