"""How a test says which rule it breaks; `tests/test_breaking.py` wants one for each rule."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from simulator.rules import Breach, enforced_by
from simulator.rules.enforcement import party


@contextmanager
def breaks(rule: str) -> Iterator[None]:
    """What is done inside breaks this rule (by ID) and no other, whoever notices it: in a `with`, or in a whole test.

    What is checked as a part of it, such as the rules of MLS by which something is valid, may be broken with it.
    """
    heard: list[Breach] = []
    with enforced_by(replace(party(), heard=heard.append)):
        yield
    assert rule in {breach.rules[0] for breach in heard}
    assert [breach.rules for breach in heard if rule not in breach.rules] == []
