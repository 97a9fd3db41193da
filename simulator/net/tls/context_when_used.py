"""A server's TLS context that is made for its first handshake: one that nobody asks needs none."""

import ssl
from collections.abc import Callable
from functools import cached_property
from typing import Any


class ContextWhenUsed:
    """Takes the place of an `SSLContext` for a server: trio asks that for nothing but `wrap_bio`."""

    def __init__(self, make: Callable[[], ssl.SSLContext]) -> None:
        self._make = make

    @cached_property
    def _context(self) -> ssl.SSLContext:
        return self._make()

    def wrap_bio(self, *given: Any, **options: Any) -> ssl.SSLObject:
        """As of `SSLContext`."""
        return self._context.wrap_bio(*given, **options)
