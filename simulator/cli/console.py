"""Where the command line writes."""

from contextlib import suppress

from rich.console import Console


class Out(Console):
    """Standard output. When its reader has gone (`| head`), the work goes on in silence: the exit code still counts."""

    def on_broken_pipe(self) -> None:
        """Write nowhere from now on."""
        with suppress(SystemExit):
            super().on_broken_pipe()


def harmless(text: str) -> str:
    """The same for a terminal: what files and peers say must not move its cursor or change its colours."""
    return "".join(each if each.isprintable() or each in "\n\t" else "\N{REPLACEMENT CHARACTER}" for each in text)


def say(text: str) -> None:
    """Print a line on standard output, word for word."""
    Out(highlight=False).print(harmless(text), markup=False, soft_wrap=True)


def complain(message: str) -> None:
    """Say something to people on standard error, word for word."""
    Console(stderr=True).print(harmless(message), markup=False, highlight=False, soft_wrap=True)
