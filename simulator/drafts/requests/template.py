"""The path of an endpoint, which may have one variable in it: a URI template (RFC 6570, level 1)."""

import re
from dataclasses import field
from urllib.parse import quote, unquote

from simulator.dataclass import dataclass

_EXPRESSION = re.compile(r"\{([A-Za-z0-9_]+)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """`/v1/notify`, or `/v1/update/{roomId}`: then it stands for every path with something in that place.

    Raises ValueError for more than one variable, and for text that is no path.
    """

    text: str
    variable: str | None = field(init=False, default=None)
    """The name between the braces, if there is one."""
    _before: str = field(init=False, repr=False, default="")
    _after: str = field(init=False, repr=False, default="")

    def __post_init__(self) -> None:
        before, *rest = _EXPRESSION.split(self.text)
        if len(rest) > 2 or not before.startswith("/") or "{" in before + "".join(rest[1:]):
            raise ValueError(f"{self.text} is no path with at most one variable")
        object.__setattr__(self, "_before", before)
        if rest:
            object.__setattr__(self, "variable", rest[0])
            object.__setattr__(self, "_after", rest[1])

    def match(self, path: str) -> dict[str, str] | None:
        """What the variable is in a path as it was sent, percent-decoded; None where the path is another one.

        A value is never empty and has no `/` of its own: that is `%2F`.
        """
        if self.variable is None:
            return {} if path == self.text else None
        if not path.startswith(self._before) or not path.endswith(self._after):
            return None
        value = path[len(self._before) : len(path) - len(self._after)]
        if not value or "/" in value:
            return None
        return {self.variable: unquote(value, errors="surrogateescape")}

    def expand(self, **values: str) -> str:
        """The path with this value, percent-encoded but for unreserved characters. Raises KeyError without it."""
        if self.variable is None:
            return self.text
        return f"{self._before}{quote(values[self.variable], safe='')}{self._after}"

    def __str__(self) -> str:
        return self.text
