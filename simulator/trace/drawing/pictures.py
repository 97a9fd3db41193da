"""Pictures for notebooks and pages: SVG that is readable in light and dark ones, also without script and network.

A picture is drawn in light colours. Which dark colour belongs to which is said once, here, and goes into each picture
as a style: a viewer that knows nothing of it shows the light one. It stands on a ground of its own, so that text and
ground always fit, whatever is around.
"""

import re
from html import escape

from simulator.dataclass import dataclass
from simulator.printable import printable_lines

GROUND, PANEL, INK, QUIET, LINE, STRONG = "#ffffff", "#f6f7f9", "#1b1f27", "#5a6372", "#e2e5ea", "#c6ccd5"
REFUSED, REFUSED_WASH = "#8a5a00", "#fdf2dc"
BAD, BAD_WASH = "#b82536", "#fdebed"
ATTACK, ATTACK_WASH = "#6d34c9", "#f2ecfd"
FAULT, FAULT_WASH = "#a8440a", "#feeee3"
HUES = ("#2f62d9", "#0b8457", "#b3541e", "#8b3fc0", "#08828f", "#b23075", "#75700f", "#56627a")
"""A provider's colour, by its place in the topology; the same as in the report."""
WASHES = ("#e4ebfa", "#e0f0ea", "#f5e9e3", "#f1e7f7", "#e0eff1", "#f5e5ee", "#eeede1", "#eaebee")
"""The same, as a ground for text."""


def _pairs(light: tuple[str, ...], *dark: str) -> dict[str, str]:
    return dict(zip(light, dark, strict=True))


DARK = {
    GROUND: "#0f1217", PANEL: "#161a21", INK: "#e7eaf0", QUIET: "#9aa4b3", LINE: "#2b313b", STRONG: "#414a57",
    REFUSED: "#e3b45c", REFUSED_WASH: "#2f2614", BAD: "#ff8089", BAD_WASH: "#351a1f",
    ATTACK: "#c0a1ff", ATTACK_WASH: "#261d3a", FAULT: "#ff9d5c", FAULT_WASH: "#35200f",
    **_pairs(HUES, "#86a9ff", "#4fc795", "#f0a06c", "#c797f2", "#4cc7d4", "#f08cc0", "#c9c25a", "#a5b1c8"),
    **_pairs(WASHES, "#1d273d", "#172d26", "#32251e", "#2b2438", "#162d33", "#32222f", "#2b2b1d", "#262b32"),
}  # fmt: skip
"""What stands for each colour in the dark."""

FONT = "system-ui, -apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif"

# Inside of a page, a picture shrinks where there is little room, and the notebook's theme goes before what the system
# prefers. A picture that is a document of its own is inside of no `body`, and leaves its size to who shows it.
_SCHEME = (
    "body .mimi-picture{width:100%;height:auto}"
    ".mimi-picture{color-scheme:light dark}"
    "[data-jp-theme-light=true] .mimi-picture,.vscode-light .mimi-picture{color-scheme:light}"
    "[data-jp-theme-light=false] .mimi-picture,.vscode-dark .mimi-picture{color-scheme:dark}"
)


@dataclass(frozen=True, slots=True)
class Picture:
    """Something to look at, and the same in words."""

    svg: str
    words: str

    def __repr__(self) -> str:
        return printable_lines(self.words)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": repr(self)}


def meaning_itself(value: object) -> str:
    """Anything as text that means only itself: what can't be seen is replaced, what means something is escaped."""
    return escape(printable_lines(str(value)))


def themed(svg: str) -> str:
    """A picture in light colours (the names above) with a ground, and with the style that it needs in the dark."""
    rules = [_SCHEME]
    for light, dark in DARK.items():
        for what in ("fill", "stroke"):
            if light == GROUND or f'{what}="{light}"' in svg:
                rules.append(f'.mimi-picture [{what}="{light}"]{{{what}:light-dark({light},{dark})}}')
    ground = f'<rect width="100%" height="100%" rx="6" fill="{GROUND}"/>'
    head, rest = re.split(r"(?<=>)", svg, maxsplit=1)
    kept = re.sub(r'\s(class|style)="[^"]*"', "", head)
    wide = re.search(r'\swidth="([\d.]+)"', kept)
    most = f' style="max-width:{wide[1]}px"' if wide else ""
    opened = f'{kept[:-1]} class="mimi-picture"{most}>'
    return f"{opened}<style>{''.join(rules)}</style>{ground}{rest}"


def hue(place: int) -> str:
    """The colour of the provider at a place of the topology."""
    return HUES[place % len(HUES)]


def wash(place: int) -> str:
    """The ground in the colour of the provider at a place of the topology."""
    return WASHES[place % len(WASHES)]
