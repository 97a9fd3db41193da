"""What is remembered is what an equal input yields, and nobody who waives a rule has part in it."""

import pytest

from simulator.mls.remembered import Remembered, found_good, nothing_remembered, remembered, remembered_list
from simulator.rules import KEEPS_NOTHING, Enforcement, enforced_by


@pytest.fixture
def asked() -> list[int]:
    """What had to be worked out."""
    return []


@pytest.fixture
def squares(asked: list[int]) -> Remembered[int]:
    return Remembered(2)


def square(squares: Remembered[int], asked: list[int], number: int) -> int:
    def work(number: int) -> int:
        asked.append(number)
        return number * number

    return squares.of(work, number)


def test_an_equal_input_is_worked_out_once_and_the_oldest_is_forgotten(
    squares: Remembered[int], asked: list[int]
) -> None:
    assert [square(squares, asked, number) for number in (2, 3, 2, 3, 4, 2)] == [4, 9, 4, 9, 16, 4]
    assert asked == [2, 3, 4, 2]


@pytest.mark.parametrize("party", [KEEPS_NOTHING, Enforcement(frozenset({"RFC9420-7.3-EXPIRED"}))])
def test_who_waives_rules_neither_finds_nor_leaves_anything(
    squares: Remembered[int], asked: list[int], party: Enforcement
) -> None:
    with enforced_by(party):
        square(squares, asked, 2)
    square(squares, asked, 2)
    with enforced_by(party):
        square(squares, asked, 2)
    assert asked == [2, 2, 2]


def test_it_can_be_switched_off(squares: Remembered[int], asked: list[int]) -> None:
    square(squares, asked, 2)
    with nothing_remembered():
        square(squares, asked, 2)
        square(squares, asked, 3)
    assert asked == [2, 2, 3]
    assert squares.find(3) is None


def test_a_failure_is_found_each_time(squares: Remembered[int]) -> None:
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            squares.of(lambda number: number // 0, 1)


totals: list[tuple[int, int]] = []


@remembered
def total(one: int, other: int) -> int:
    """The sum."""
    totals.append((one, other))
    return one + other


def test_a_function_is_asked_once_for_each_input() -> None:
    totals.clear()
    assert [total(1, 2), total(1, 2), total(2, 1)] == [3, 3, 3]
    assert totals == [(1, 2), (2, 1)]
    assert total.__doc__ == "The sum."


def test_a_function_of_the_cryptography_can_be_switched_off_too() -> None:
    total(5, 5)
    totals.clear()
    with nothing_remembered(), nothing_remembered():
        assert total(5, 5) == 10
    assert totals == [(5, 5)]
    assert total(5, 5) == 10
    assert len(totals) == 1


def test_a_check_is_made_once_for_what_is_good_and_each_time_for_what_is_not(asked: list[int]) -> None:
    @found_good
    def check_even(number: int) -> None:
        """Raises ValueError."""
        asked.append(number)
        if number % 2:
            raise ValueError(number)

    check_even(2)
    check_even(2)
    for _ in range(2):
        with pytest.raises(ValueError, match="3"):
            check_even(3)
    for party in (KEEPS_NOTHING, Enforcement(frozenset({"RFC9420-7.3-EXPIRED"}))):
        with enforced_by(party):
            check_even(2)
    with nothing_remembered():
        check_even(2)
    assert asked == [2, 3, 3, 2, 2, 2]


def test_a_long_list_makes_no_room_among_short_ones(asked: list[int]) -> None:
    @remembered_list
    def joined(words: tuple[str, ...]) -> str:
        asked.append(len(words))
        return "".join(words)

    for _ in range(2):
        assert joined(tuple("ab")) == "ab"
        for length in range(300, 340):
            assert joined(tuple("a" * length)) == "a" * length
    assert asked == [2, *range(300, 340), *range(300, 340)]
    with nothing_remembered():
        joined(tuple("ab"))
    assert asked[-1] == 2
