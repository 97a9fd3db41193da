"""HTML for a notebook's outputs: text is always escaped, colours follow the notebook's theme.

Outputs stand in light and dark notebooks, and in pages without our style sheet: so every display brings its own style,
draws with the current text colour, and tints with colours that are half transparent.
"""

from collections.abc import Sequence

from simulator.dataclass import dataclass
from simulator.printable import printable_lines
from simulator.trace.drawing.pictures import meaning_itself
from simulator.trace.tree import shortened

STYLE = """<style>
.mimi{font:13px/1.45 system-ui,sans-serif;max-width:100%;overflow-x:auto;margin:.3em 0}
.mimi h4{margin:.2em 0 .5em;font-size:14px;font-weight:600}
.mimi p{margin:.3em 0}
.mimi *{unicode-bidi:isolate}
.mimi code,.mimi .mono{font:12px/1.45 ui-monospace,SFMono-Regular,Menlo,monospace}
.mimi code{background:none;padding:0;color:inherit}
.mimi .dim{opacity:.62;font-weight:400}
.mimi table{border-collapse:collapse;margin:.3em 0;border:0;color:inherit;font-size:inherit}
.mimi tr{background:none!important}
.mimi td,.mimi th{text-align:left!important;padding:.18em 1em .18em 0;border:0;vertical-align:top;max-width:40em}
.mimi th{font-weight:600;opacity:.62;border-bottom:1px solid rgba(127,127,127,.35)}
.mimi .chip{display:inline-block;border-radius:4px;padding:0 .45em;margin-right:.3em;white-space:nowrap}
.mimi .tree{max-height:48em;overflow-y:auto}
.mimi details{margin:0;padding:0;border:0;background:none}
.mimi summary,.mimi .leaf{display:grid;grid-template-columns:2.6em 18em 1fr;column-gap:1em;cursor:default}
.mimi summary>span,.mimi .leaf>span{min-width:0}
.mimi summary{cursor:pointer}
.mimi summary .name::before{content:"\\25b8\\00a0"}
.mimi details[open]>summary .name::before{content:"\\25be\\00a0"}
.mimi summary::-webkit-details-marker{display:none}
.mimi .name{font-weight:600}
.mimi summary:hover,.mimi .leaf:hover{background:rgba(127,127,127,.12)}
.mimi .wrap{white-space:normal;overflow-wrap:anywhere}
</style>"""

GOOD, BAD, CALM, MARK = "rgba(46,160,67,.22)", "rgba(218,54,51,.24)", "rgba(56,139,253,.20)", "rgba(210,153,34,.30)"


@dataclass(frozen=True, slots=True)
class Display:
    """Something to look at: HTML for a notebook, words for a terminal."""

    html: str
    words: str

    def __repr__(self) -> str:
        return printable_lines(self.words)

    def _repr_html_(self) -> str:
        return self.html


def page(*parts: str) -> str:
    """Parts that are HTML already, with the style they need."""
    return f'{STYLE}<div class="mimi">{"".join(parts)}</div>'


def text(value: object) -> str:
    """Anything as text that means only itself: what can't be seen is replaced, what means something is escaped."""
    return meaning_itself(value)


def chip(label: object, colour: str) -> str:
    """A word on a tinted ground."""
    return f'<span class="chip" style="background:{colour}">{text(label)}</span>'


def table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table; its cells are HTML already."""
    top = "".join(f"<th>{text(name)}</th>" for name in head) if any(head) else ""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def key_hue(key: bytes) -> int:
    """A colour for a key, in degrees: another key, nearly always another colour."""
    return int.from_bytes(key[-2:]) * 360 // 65536


def key_chip(key: bytes) -> str:
    """The first bytes of a public key on a ground in its colour: one sees when it changes."""
    return (
        f'<code class="chip" style="background:hsla({key_hue(key)},70%,50%,.28)" title="{shortened(key.hex(), 256)}">'
        f"{key[:4].hex()}…</code>"
    )
