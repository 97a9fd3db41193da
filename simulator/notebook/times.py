"""Time spans as cells say them: seconds, `10 minutes`, `90s`, a timedelta."""

import re
from datetime import timedelta

from simulator.errors import SimulatorError
from simulator.notebook.arguments import shown
from simulator.provider.clock import CENTURY
from simulator.scenario.scalars import SECONDS

_SPAN = re.compile(r"\s*([0-9]{1,12})\s*(?:(s|sec|second|m|min|minute|h|hour|d|day|w|week)s?)?\s*", re.IGNORECASE)
_UNITS = SECONDS | {"w": 7 * SECONDS["d"]}


def seconds(span: int | str | timedelta) -> int:
    """A span in whole seconds, from nothing to a century. Raises SimulatorError for anything else."""
    found = _seconds(span)
    if found is None or not 0 <= found <= CENTURY:
        wanted = "whole seconds, or a time such as 90s, 10 minutes, 2 hours or 30 days, a century at most"
        raise SimulatorError(f"expected {wanted}, not {shown(span)}")
    return found


def _seconds(span: int | str | timedelta) -> int | None:
    if isinstance(span, timedelta):
        return None if span.microseconds else int(span.total_seconds())
    if isinstance(span, int):
        return span
    match = _SPAN.fullmatch(span)
    return int(match[1]) * _UNITS[(match[2] or "s")[0].lower()] if match else None
