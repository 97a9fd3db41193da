from simulator.mls.crypto.remembered import nothing_remembered, remembered

asked: list[tuple[int, int]] = []


@remembered
def total(one: int, other: int) -> int:
    """The sum."""
    asked.append((one, other))
    return one + other


def test_each_input_is_asked_for_once() -> None:
    asked.clear()
    assert [total(1, 2), total(1, 2), total(2, 1)] == [3, 3, 3]
    assert asked == [(1, 2), (2, 1)]
    assert total.__doc__ == "The sum."


def test_it_can_be_switched_off() -> None:
    total(5, 5)
    asked.clear()
    with nothing_remembered(), nothing_remembered():
        assert total(5, 5) == 10
    assert asked == [(5, 5)]
    assert total(5, 5) == 10
    assert len(asked) == 1
