"""Results by the object that they are of."""

import pytest

from simulator.by_object import ByObject


def test_it_is_asked_once_for_an_object_as_long_as_few_others_come() -> None:
    asked: list[int] = []

    def total(numbers: tuple[int, ...]) -> int:
        asked.append(len(numbers))
        return sum(numbers)

    remembered = ByObject(total, least=3, size=2)
    one, equal = tuple(range(1, 4)), tuple(range(1, 4))
    assert [remembered(each) for each in (one, one, equal, one, equal)] == [6] * 5
    assert asked == [3, 3]
    assert [remembered((1, 2)), remembered((1, 2))] == [3, 3]
    assert asked == [3, 3, 2, 2], "not worth it"
    assert remembered((1, 2, 3, 4)) == 10
    assert remembered(one) == 6
    assert asked[4:] == [4, 3], "two others have come"


def test_a_failure_is_not_remembered() -> None:
    given = ("a", "b")
    remembered = ByObject(lambda words: [int(word) for word in words], least=1, size=2)
    for _ in range(2):
        with pytest.raises(ValueError, match="'a'"):
            remembered(given)
