"""Every step and every expectation can be written, read and explained."""

import msgspec
import pytest

from simulator.scenario.expectations import EXPECTATIONS
from simulator.scenario.step import Expectation, Step, Unmet, keyword
from simulator.scenario.steps import STEPS

KINDS: dict[str, type[Step] | type[Expectation]] = {**STEPS, **EXPECTATIONS}


def test_an_unmet_expectation_says_both_sides() -> None:
    unmet = Unmet("two", "there was one")
    assert (unmet.expected, unmet.happened) == ("two", "there was one")
    assert str(unmet) == "expected two; there was one"


def test_keywords_are_unique() -> None:
    assert len(KINDS) == len(STEPS) + len(EXPECTATIONS)
    assert all(keyword(kind) == word for word, kind in KINDS.items())


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_each_explains_itself_and_has_the_fields_it_speaks_of(kind: type[Step] | type[Expectation]) -> None:
    assert kind.__doc__
    names = [field.encode_name for field in msgspec.structs.fields(kind)]
    assert kind.shorthand is None or kind.shorthand in names
    assert msgspec.json.schema(kind)["$defs"]
