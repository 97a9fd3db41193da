"""Named points of a message's way."""

from simulator.net.failpoint import Failpoint


def test_each_has_a_word_for_files_and_a_meaning_for_people() -> None:
    assert [point.value for point in Failpoint] == [point.name.lower() for point in Failpoint]
    assert len({point.meaning for point in Failpoint}) == len(Failpoint)
    assert Failpoint("decided") is Failpoint.DECIDED
