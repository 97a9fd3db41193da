"""What fuzzers know of a draft."""

from dataclasses import replace

from simulator.drafts import registry
from simulator.drafts.fuzzing import Fuzzing, fuzzing_of


def test_each_of_ours_says_how_its_requests_are_signed_again() -> None:
    assert all(fuzzing_of(draft).sign_again is not None for draft in registry.usual())


def test_a_draft_need_not_say_anything() -> None:
    silent = replace(registry.named("mimi-transport-00"), fuzzing=None)
    found = fuzzing_of(silent)
    assert found == Fuzzing()
    assert (list(found.questions({})), found.offer, dict(found.targets)) == ([], None, {})
