"""Text of a scenario that goes into HTTP: which of it has bytes there, and which of it our own server can send."""

import re
from collections.abc import Callable
from typing import Annotated

from simulator.errors import SimulatorError
from simulator.scenario.names import Checked

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""RFC 9110 5.6.2."""
_VALUE = re.compile(r"([!-~\x80-\xff]([ \t!-~\x80-\xff]*[!-~\x80-\xff])?)?")
"""RFC 9110 5.5."""
_UNSENT = {
    "content-length": "our servers say themselves how long an answer is",
    "transfer-encoding": "our servers say themselves how long an answer is",
    "te": "an answer has none, and HTTP/2 refuses it (RFC 9113 section 8.2.2)",
}


def _encodable(what: str, encoding: str) -> Callable[[str], None]:
    def check(text: str) -> None:
        try:
            text.encode(encoding)
        except UnicodeEncodeError as error:
            raise SimulatorError(
                f'"{text}" can\'t be sent: {what}, and "{text[error.start]}" has no bytes there'
            ) from None

    return check


Method = Annotated[str, Checked(_encodable("a method is ASCII", "ascii"))]
"""An HTTP method; it need not be a token."""
HeaderText = Annotated[str, Checked(_encodable("headers are ISO 8859-1 (RFC 9110 section 5.5)", "latin-1"))]
"""A header's name or value; it need not be valid."""


def _answered_name(text: str) -> None:
    if not _TOKEN.fullmatch(text):
        raise SimulatorError(
            f"\"{text}\" can't be sent: our servers send header names of letters, digits and !#$%&'*+-.^_`|~ only"
        )
    if text.lower() in _UNSENT:
        raise SimulatorError(f'"{text}" can\'t be sent: {_UNSENT[text.lower()]}')


def _answered_value(text: str) -> None:
    if not _VALUE.fullmatch(text):
        raise SimulatorError(
            f'"{text}" can\'t be sent: our servers send header values of ISO 8859-1, without control characters, and'
            " without spaces at their ends"
        )


AnsweredName = Annotated[str, Checked(_answered_name)]
"""A header's name in an answer of ours."""
AnsweredValue = Annotated[str, Checked(_answered_value)]
"""A header's value in an answer of ours."""
