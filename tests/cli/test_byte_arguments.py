"""Bytes as people hand them over."""

import base64
import io
import sys
from pathlib import Path

import pytest

from simulator.cli.byte_arguments import Notation, given, text_given
from simulator.errors import SimulatorError


@pytest.mark.parametrize(
    "text",
    [
        "0001ff",
        "00 01 ff",
        "00:01:FF",
        "0x00, 0x01, 0xff",
        "00\n01\r\n ff",
        "0x0001ff",
        "\\x00\\x01\\xff",
        "AAH/",
        "AAH_",
    ],
)
def test_spellings_of_three_bytes(text: str) -> None:
    assert given(text, Notation.guess) == b"\x00\x01\xff"


@pytest.mark.parametrize("content", [b"0001ff\n", b"AAH/\n", b"\x00\x01\xff"])
def test_files_of_text_and_of_bytes(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "capture"
    file.write_bytes(content)
    assert given(str(file), Notation.guess) == b"\x00\x01\xff"
    assert given(str(file), Notation.raw) == content


@pytest.mark.parametrize("source", [None, "-"])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, source: str | None) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\x00\x80")))
    assert given(source, Notation.guess) == b"\x00\x80"


def test_what_looks_like_hex_can_be_said_to_be_base64() -> None:
    assert given("abcd", Notation.base64) == b"\x69\xb7\x1d"
    assert given("abcd", Notation.guess) == b"\xab\xcd"
    assert given("", Notation.guess) == b""


@pytest.mark.parametrize(
    ("source", "notation", "complaint"),
    [
        ("abc", Notation.guess, "abc: there is no such file, and as text it is hex with an odd number of digits: 3"),
        ("no/file.bin", Notation.guess, "no/file.bin: there is no such file, and as text it is not hex or base64"),
        ("AAH/", Notation.hex, "AAH/: there is no such file, and as text it is not hex"),
        ("A", Notation.base64, "A: there is no such file, and as text it is not base64"),
        ("!" * 50, Notation.raw, "!" * 40 + "...: there is no such file"),
    ],
)
def test_what_is_no_bytes(source: str, notation: Notation, complaint: str) -> None:
    with pytest.raises(SimulatorError) as caught:
        given(source, notation)
    assert str(caught.value) == complaint


def test_a_path_is_no_base64(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "capture").touch()
    monkeypatch.chdir(tmp_path / "folder")
    with pytest.raises(SimulatorError, match=r'captur: there is no such file \(did you mean "capture"\?\)$'):
        given("../folder/captur", Notation.guess)


def test_a_file_in_another_notation_than_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"\xff")
    with pytest.raises(SimulatorError, match=r"file: this is not hex$"):
        given(str(tmp_path / "file"), Notation.hex)


@pytest.mark.parametrize("length", [256, 300, 5000])
def test_bytes_that_are_too_many_for_the_name_of_a_file(length: int) -> None:
    data = bytes(range(256)) * (length // 256 + 1)
    for notation in (Notation.guess, Notation.hex):
        assert given(data.hex(), notation) == data
    text = base64.b64encode(data).decode()
    for notation in (Notation.guess, Notation.base64):
        assert given(text, notation) == data, "base64 with slashes looks like a path"
    with pytest.raises(SimulatorError, match=r"there is no such file$"):
        given("a/" * length, Notation.raw)
    with pytest.raises(SimulatorError, match=r"is hex with an odd number of digits: "):
        given("a" * (2 * length + 1), Notation.guess)


def test_a_text_is_what_is_said_or_what_is_in_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "header"
    file.write_text("PrivateToken x\n")
    assert text_given(" PrivateToken x ") == text_given(str(file)) == "PrivateToken x"
    assert text_given("x" * 5000) == "x" * 5000
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"from a pipe\n")))
    assert text_given("-") == "from a pipe"
    file.write_bytes(b"\xff")
    with pytest.raises(SimulatorError, match="no text"):
        text_given(str(file))
