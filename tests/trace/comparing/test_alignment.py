"""Two lists beside each other."""

from simulator.trace.comparing.alignment import aligned, count_steps, paired, unnumbered, unreached


def test_what_is_the_same_what_is_gone_and_what_was_added() -> None:
    assert aligned("abc", "axc") == ([(0, 0), (2, 2)], [1], [1])
    assert paired("ab", "ab") == [(0, 0), (1, 1)]


def test_what_is_gone_at_the_end_was_not_reached() -> None:
    assert unreached(paired("abcd", "ab")) == 2
    assert unreached(paired("abcd", "ad")) == 0
    assert unreached(paired("abcd", "")) == 4


def test_a_step_is_known_by_what_it_does() -> None:
    assert [unnumbered(each) for each in ("4 send hello", "start", "-")] == ["send hello", "start", "-"]


def test_what_happens_before_the_first_step_is_none() -> None:
    assert count_steps(["start", "1 connect", "2 send hello", "-"]) == 2
