"""What a hostile server says."""

from simulator.fuzzing.http import bare
from simulator.fuzzing.odd_answers import framed, plain


def test_all_are_bytes_and_none_is_there_twice() -> None:
    for make, most in ((framed, 800), (plain, 100)):
        said = [(bare(each.first), bare(each.answer)) for each in make()]
        assert len(said) > most
        assert len(set(said)) > 0.8 * len(said)
