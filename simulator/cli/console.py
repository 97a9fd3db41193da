"""Where the command line writes."""

from contextlib import suppress

from rich.console import Console

from simulator.printable import printable_lines


class Out(Console):
    """Standard output. When its reader has gone (`| head`), the work goes on in silence: the exit code still counts."""

    def on_broken_pipe(self) -> None:
        """Write nowhere from now on."""
        with suppress(SystemExit):
            super().on_broken_pipe()


def say(text: str) -> None:
    """Print a line on standard output, word for word."""
    Out(highlight=False).print(printable_lines(text), markup=False, soft_wrap=True)


def complain(message: str) -> None:
    """Say something to people on standard error, word for word."""
    Console(stderr=True).print(printable_lines(message), markup=False, highlight=False, soft_wrap=True)
