"""What can be left out of a scenario."""

from collections.abc import Iterator
from typing import Any

from simulator.sweep.shrinking.candidate import Data

_HEAD = ("name", "description", "seed", "clock", "timeout", "topology", "steps")
"""What a file keeps, whatever is in it."""


def of_steps(data: Data, width: int) -> Iterator[Data]:
    """The data without so many steps in a row, from the end: what came first is what the rest needs."""
    steps = data["steps"]
    for end in range(len(steps), 0, -width):
        yield {**data, "steps": steps[: max(0, end - width)] + steps[end:]}


def of_expectations(data: Data) -> Iterator[Data]:
    """The data without what all steps but the last expect: all of it, or what one word says."""
    *steps, last = data["steps"]
    yield {**data, "steps": [*map(_bare, steps), last]}
    said = [step["expect"] for step in steps if isinstance(step.get("expect"), dict)]
    for word in dict.fromkeys(word for expect in said for word in expect):
        yield {**data, "steps": [*(_without(step, word) for step in steps), last]}


def of_the_rest(data: Data) -> Iterator[Data]:
    """The data without one thing in it: a field of the file, a link, a provider, a user, a client, an expectation, one
    of several operations. What is large comes first.
    """
    for name in data:
        if name not in _HEAD:
            yield {each: value for each, value in data.items() if each != name}
    for network in _smaller(data.get("network")):
        yield {**data, "network": network}
    for topology in _smaller(data["topology"]):
        yield {**data, "topology": topology}
    for number, step in enumerate(data["steps"]):
        if "expect" in step and len(step) > 1:
            yield _with_step(data, number, _bare(step))
        for smaller in _smaller(step):
            yield _with_step(data, number, smaller)


def _bare(step: Data) -> Data:
    return {name: value for name, value in step.items() if name != "expect"} if len(step) > 1 else step


def _without(step: Data, word: str) -> Data:
    expect = step.get("expect")
    if not isinstance(expect, dict) or word not in expect:
        return step
    left = {name: value for name, value in expect.items() if name != word}
    return {**step, "expect": left} if left else _bare(step)


def _with_step(data: Data, number: int, step: Any) -> Data:
    return {**data, "steps": [step if place == number else each for place, each in enumerate(data["steps"])]}


def _smaller(value: Any) -> Iterator[Any]:
    """A value without one of its parts, at whatever depth, or with one thing in place of a list of it alone."""
    if isinstance(value, dict):
        for name in value:
            yield {each: inner for each, inner in value.items() if each != name}
        for name, inner in value.items():
            for smaller in _smaller(inner):
                yield {**value, name: smaller}
    elif isinstance(value, list):
        if len(value) > 1:
            for number in range(len(value)):
                yield value[:number] + value[number + 1 :]
        for number, inner in enumerate(value):
            for smaller in _smaller(inner):
                yield [*value[:number], smaller, *value[number + 1 :]]
