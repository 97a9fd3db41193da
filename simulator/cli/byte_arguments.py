"""Bytes as people hand them over: binary, hex in its many spellings, base64."""

import base64
import binascii
import errno
import re
from enum import StrEnum
from pathlib import Path

from simulator.cli.output.streams import read_input
from simulator.errors import SimulatorError, hint

_NOISE = re.compile(r"0[xX]|\\\\?[xX]|[\s:,_-]")
_HEX = re.compile(r"[0-9a-fA-F]+")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]+={0,2}")


class Notation(StrEnum):
    """How bytes are written down."""

    guess = "guess"
    """Text that is hex is hex, other text that is base64 is base64, everything else is the bytes themselves."""
    hex = "hex"
    base64 = "base64"
    raw = "raw"


def given(source: str | None, notation: Notation) -> bytes:
    """What an argument says: the content of a file, hex or base64; `-` or nothing is standard input.

    Raises SimulatorError where it is neither, or no file can be read.
    """
    if source in (None, "-"):
        return read(read_input(), notation, "standard input")
    if source == "":
        return b""
    file = Path(source)
    try:
        if file.is_file():
            return read(file.read_bytes(), notation, source)
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise SimulatorError(f"{_cut(source)}: can't be read: {error.strerror}") from error
    if notation is Notation.raw or (notation is Notation.guess and _names_a_file(file)):
        near = [entry.name for entry in file.parent.iterdir()] if _is_folder(file.parent) else []
        raise SimulatorError(f"{_cut(source)}: there is no such file{hint(file.name, near)}")
    return _from_text(source, notation, f"{_cut(source)}: there is no such file, and as text it")


def text_given(source: str | None) -> str:
    """The text that an argument is, or that is in the file that it names; `-` or nothing is standard input. Raises
    SimulatorError for a file that can't be read, or has no text.
    """
    try:
        if source in (None, "-"):
            return read_input().decode().strip()
        return Path(source).read_text().strip() if _is_file(Path(source)) else source.strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SimulatorError(f"{_cut(source or '-')}: this is no text") from error


def _is_file(path: Path) -> bool:
    """No text that is too long for a name, or has a zero in it, is one's."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _names_a_file(path: Path) -> bool:
    """Whether it can only be meant as a path, though base64 has slashes too."""
    return path.parent != Path() and _is_folder(path.parent)


def _is_folder(path: Path) -> bool:
    """No name that is too long for a file is one's."""
    try:
        return path.is_dir()
    except OSError:
        return False


def read(content: bytes, notation: Notation, source: str) -> bytes:
    """The bytes that a file's content means. Raises SimulatorError for another notation than said."""
    if notation is Notation.raw:
        return content
    try:
        return _from_text(content.decode("ascii"), notation, f"{source}:")
    except (UnicodeDecodeError, SimulatorError):
        if notation is Notation.guess:
            return content
        raise SimulatorError(f"{source}: this is not {notation}") from None


def _from_text(text: str, notation: Notation, complaint: str) -> bytes:
    bare = _NOISE.sub("", text)
    if notation is not Notation.base64 and _HEX.fullmatch(bare):
        if len(bare) % 2:
            raise SimulatorError(f"{complaint} is hex with an odd number of digits: {len(bare)}")
        return bytes.fromhex(bare)
    found = None if notation is Notation.hex else _from_base64("".join(text.split()))
    if found is None:
        raise SimulatorError(f"{complaint} is not {'hex or base64' if notation is Notation.guess else notation}")
    return found


def _from_base64(text: str) -> bytes | None:
    """The bytes, padded or not, in either alphabet; None where it is no base64."""
    if not _BASE64.fullmatch(text):
        return None
    padded = text.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return base64.b64decode(padded + "=" * (-len(padded) % 4), validate=True)
    except binascii.Error:
        return None


def _cut(source: str) -> str:
    return source if len(source) <= 40 else f"{source[:40]}..."
