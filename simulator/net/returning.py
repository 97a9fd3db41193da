"""Machines that are about to be there again: who wants to reach one waits for that, instead of meeting a port that is
just being closed, or not yet open, as the speed of this machine has it.
"""

from collections.abc import Callable

import trio


class Returning:
    """The names of machines between the moment in which their return is certain, and that in which they are back."""

    def __init__(self) -> None:
        self.all_back: Callable[[], None] = lambda: None
        """Called when nobody is missing any more."""
        self._missing: dict[str, list[trio.Event]] = {}

    @property
    def is_none(self) -> bool:
        """Whether all are there that will be."""
        return not self._missing

    def begin(self, *names: str) -> Callable[[], None]:
        """A machine with these names will be back. To be called when it is, or when that did not succeed."""
        back = trio.Event()
        for name in names:
            self._missing.setdefault(name.lower(), []).append(back)

        def end() -> None:
            for name in names:
                waiting = self._missing[name.lower()]
                waiting.remove(back)
                if not waiting:
                    del self._missing[name.lower()]
            back.set()
            if self.is_none:
                self.all_back()

        return end

    async def wait_for(self, name: str) -> None:
        """Until a name's machine is back; where it is not missing, at once and without any other task's turn."""
        while waiting := self._missing.get(name.lower()):
            await waiting[0].wait()
