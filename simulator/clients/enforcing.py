"""How a client works, whoever calls it: by its own rules, and undisturbed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, Protocol, TypeVar, cast

from simulator.rules import Enforcement, enforced_by

Method = TypeVar("Method", bound=Callable[..., Any])


class Enforcing(Protocol):
    """Something with rules of its own."""

    @property
    def enforcement(self) -> Enforcement:
        """Which rules it keeps."""
        ...

    def occupied(self) -> AbstractContextManager[None]:
        """It is not to be disturbed in the block."""
        ...


def by_own_rules(method: Method) -> Method:
    """The method of an `Enforcing`, all of whose checks are made by its own rules."""

    @wraps(method)
    async def wait(actor: Enforcing, *args: Any, **kwargs: Any) -> Any:
        with actor.occupied(), enforced_by(actor.enforcement):
            return await method(actor, *args, **kwargs)

    @wraps(method)
    def work(actor: Enforcing, *args: Any, **kwargs: Any) -> Any:
        with enforced_by(actor.enforcement):
            return method(actor, *args, **kwargs)

    return cast("Method", wait if iscoroutinefunction(method) else work)
