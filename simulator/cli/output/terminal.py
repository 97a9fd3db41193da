"""What the environment says about the terminal, made fit for the libraries that read it.

Editors, containers and build servers set a width of 0, or leave a word there. A size that is none is taken out, so
that the terminal's own counts, or 80 columns; one that no screen has is cut.
"""

import os
from collections.abc import MutableMapping

_SIZES = ("COLUMNS", "LINES", "TERMINAL_WIDTH", "JUPYTER_COLUMNS", "JUPYTER_LINES")
"""Read by shutil and rich, by typer, and by rich in notebooks."""
_MOST = 1000
_DIGITS = 9


def tidy(environment: MutableMapping[str, str] = os.environ) -> None:
    """To be called before anything reads them."""
    for name in _SIZES:
        if name in environment:
            size = _size(environment[name])
            if size:
                environment[name] = str(min(size, _MOST))
            else:
                del environment[name]


def _size(text: str) -> int:
    """0 for what is none."""
    if not text.isascii() or not text.isdecimal():
        return 0
    return int(text) if len(text) <= _DIGITS else _MOST
