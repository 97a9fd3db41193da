"""A line of what people read, with styles, for which nothing of rich is imported: that takes as long as running a small
scenario does, and where a program reads there are no styles.
"""

from collections.abc import Iterator
from typing import Self


class Line:
    """Text in parts, each in one of rich's styles; it may be several lines."""

    def __init__(self, text: str, style: str = "") -> None:
        self._style = style
        self._parts = [(text, "")]

    def append(self, text: str, style: str = "") -> Self:
        """Add to its end; the style lies over that of the whole."""
        self._parts.append((text, style))
        return self

    @property
    def plain(self) -> str:
        """The text alone."""
        return "".join(text for text, _ in self._parts)

    @property
    def style(self) -> str:
        """That of the whole."""
        return self._style

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._parts)
