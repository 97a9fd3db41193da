"""Reading text: what is no text is said, and what has no end is not begun."""

import os
from pathlib import Path

import pytest

from simulator.scenario.loading.file_text import NotText, text_of


def test_text_without_its_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes("\ufeffGr\u00fc\u00dfe".encode())
    assert text_of(tmp_path / "x.yaml") == "Gr\u00fc\u00dfe"


def test_bytes_that_are_no_text_and_what_is_in_front_of_them(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"a: 1\nb: \xfc")
    with pytest.raises(NotText, match="not UTF-8: byte 0xfc") as raised:
        text_of(tmp_path / "x.yaml")
    assert raised.value.before == "a: 1\nb: "


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path, said in ((tmp_path, "is a folder"), (tmp_path / "pipe", "is no regular file")):
        with pytest.raises(NotText, match=said) as raised:
            text_of(path)
        assert raised.value.before is None
    with pytest.raises(NotText, match="is no regular file"):
        text_of(Path("/dev/zero"))
    with pytest.raises(FileNotFoundError):
        text_of(tmp_path / "nothing")
