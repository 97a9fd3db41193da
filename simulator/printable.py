"""Text of files and peers, made fit to be shown: the one place through which it passes before it is a label, a line, a
cell, markup or a plot.

What cannot be seen (control characters, line and paragraph separators, bidirectional overrides, surrogates, characters
that are none) becomes U+FFFD. What has a meaning in HTML, XML, Markdown, Mermaid or CSV is escaped by the writer of
that format, after this.
"""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def printable(text: str, limit: int | None = None) -> str:
    """One line: what is not printable becomes `REPLACEMENT`, but for tabs. With `limit`, at most so many characters are
    shown, and ` ...` behind them says that there were more.
    """
    shown = text if limit is None else text[:limit]
    if not shown.isprintable():
        shown = "".join(each if each.isprintable() or each == "\t" else REPLACEMENT for each in shown)
    return shown if limit is None or len(text) <= limit else f"{shown} ..."


def printable_lines(text: str) -> str:
    """As `printable`, but line feeds stay."""
    return "\n".join(printable(line) for line in text.split("\n"))


def is_text(name: str) -> bool:
    """Whether a file's name is text; what `os.fsdecode` makes of bytes that are no UTF-8 is none."""
    return not any("\ud800" <= character <= "\udfff" for character in name)
