"""What a process runs, and how another differs from it."""

from pathlib import Path

from simulator.sweep.engines.versions import Versions, _digest, versions


def test_the_same_does_not_differ() -> None:
    assert versions().against(versions()) == ""


def test_each_difference_is_said() -> None:
    said = Versions("1", "3.11.7", "abc").against(Versions("2", "3.11.7", "def"))
    assert said == "there mimi-simulator 2, here 1; there source code with the digest def, here abc"


def test_the_digest_is_of_all_modules_and_their_places(tmp_path: Path) -> None:
    digests = []
    for name, text in (("one.py", "1"), ("one.py", "2"), ("sub/one.py", "2"), ("sub/one.md", "2")):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
        digests.append(_digest(tmp_path))
    assert len(set(digests)) == 3, "all but the last differ"
