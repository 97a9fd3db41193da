"""How a test says which rule it breaks; `tests/test_breaking.py` wants one for each rule."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from simulator.rules import Breach, Enforcement, enforced_by
from simulator.rules.enforcement import party


class Keeping(Protocol):
    """Somebody with rules of its own."""

    enforcement: Enforcement


@contextmanager
def breaks(rule: str, by: Keeping | None = None) -> Iterator[None]:
    """What is done inside breaks this rule (by ID) and no other: in a `with`, or in a whole test. It is noticed by the
    test itself, or `by` somebody who keeps rules of its own.

    What is checked as a part of it, such as the rules of MLS by which something is valid, may be broken with it.
    """
    heard: list[Breach] = []
    if by is None:
        with enforced_by(replace(party(), heard=heard.append)):
            yield
    else:
        before, by.enforcement = by.enforcement, replace(by.enforcement, heard=heard.append)
        yield
        by.enforcement = before
    broken = [breach.rules for breach in heard]
    assert any(rules[0] == rule for rules in broken), f"{rule} is not broken, but {broken}"
    assert all(rule in rules for rules in broken), f"more than {rule} is broken: {broken}"
