"""Work that is begun at once, and needs what waiting needs (a scope with a deadline) only where it comes to wait."""

from collections.abc import Coroutine, Generator
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


class Begun(Generic[T]):
    """A coroutine that has run until it waits for something, or to its end. To be awaited at once, in the same task
    and scopes, where it is not `done`. Whatever it raises before it waits is raised here.
    """

    def __init__(self, work: Coroutine[Any, Any, T]) -> None:
        self._work = work
        self._trap: Any = None
        self.done = False
        """Whether there is a `result`."""
        try:
            self._trap = work.send(None)
        except StopIteration as end:
            self.done = True
            self._result: T = end.value

    @property
    def result(self) -> T:
        """What it has come to, where it is `done`."""
        return self._result

    def __await__(self) -> Generator[Any, Any, T]:
        """Wait for what the work waits for, and go on with it to its end."""
        trap = self._trap
        while True:
            try:
                try:
                    sent = yield trap
                except BaseException as error:  # thrown in by whoever runs the task, for the work to see
                    trap = self._work.throw(error)
                else:
                    trap = self._work.send(sent)
            except StopIteration as end:
                return cast("T", end.value)
