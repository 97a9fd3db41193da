"""Plots as SVG: the one place that draws them, and where text of files and peers becomes fit to be drawn.

The converter ends the whole process, which nothing can catch, at characters that XML does not have, and stops at line
and paragraph separators: no text gets to it but through `printable`.
"""

from collections.abc import Mapping
from typing import Any

from simulator.printable import printable

LONGEST = 160
"""How many characters of a text are drawn."""

_UNLIMITED = {"labelLimit": 0, "titleLimit": 0}
"""The converter is not to cut texts at a width: it would cut characters beyond U+FFFF in two, and fail."""


def svg(spec: Mapping[str, Any]) -> str:
    """The picture of a Vega-Lite specification. Raises SimulatorError where vl-convert is missing."""
    from simulator.extras import vl_convert

    config = spec.get("config", {})
    unlimited = {part: {**config.get(part, {}), **_UNLIMITED} for part in ("axis", "header", "legend")}
    return str(vl_convert.vegalite_to_svg(_printable({**spec, "config": {**config, **unlimited}})))


def _printable(value: Any) -> Any:
    """The same, with every text in it printable: names of fields too, which stand in data and in what uses it."""
    match value:
        case str():
            return printable(value, LONGEST)
        case Mapping():
            return {printable(str(name)): _printable(each) for name, each in value.items()}
        case list() | tuple():
            return [_printable(each) for each in value]
    return value
