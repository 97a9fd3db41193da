"""Which rules a client keeps while it works: its own, whoever calls it."""

from collections.abc import Callable
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


def by_own_rules(method: Method) -> Method:
    """The method of an `Enforcing`, all of whose checks are made by its own rules."""

    @wraps(method)
    async def wait(actor: Enforcing, *args: Any, **kwargs: Any) -> Any:
        with enforced_by(actor.enforcement):
            return await method(actor, *args, **kwargs)

    @wraps(method)
    def work(actor: Enforcing, *args: Any, **kwargs: Any) -> Any:
        with enforced_by(actor.enforcement):
            return method(actor, *args, **kwargs)

    return cast("Method", wait if iscoroutinefunction(method) else work)
