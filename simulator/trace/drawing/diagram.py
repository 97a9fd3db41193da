"""A trace as a sequence diagram: SVG with a lane for each provider and client, from top to bottom what happened."""

from collections.abc import Iterator, Sequence

from simulator.trace import Exchange, ProtocolEvent, Trace
from simulator.trace.drawing.pictures import (
    ATTACK,
    ATTACK_WASH,
    BAD,
    BAD_WASH,
    FAULT,
    FONT,
    GROUND,
    INK,
    LINE,
    PANEL,
    QUIET,
    REFUSED,
    REFUSED_WASH,
    STRONG,
    Picture,
    hue,
    meaning_itself,
    themed,
    wash,
)
from simulator.trace.drawing.sequence import Band, Lane, Message, Note, Row, sequence

_GUTTER, _HEAD, _WIDE = 46, 44, 840
_LANE = {"provider": 150, "client": 104, "other": 150}
_HIGH = {"band": 36, "both": 44, "request": 25, "answer": 23, "note": 25}
_SMALLEST = 0.75
"""How much smaller a diagram of many lanes gets, so that it still can be read."""
_LETTER = 6.3
"""How wide a letter is, about, in a text of 12 pixels."""
_ALARMING = ("Crashed", "Lost", "Equivocated", "Waived")

_LONGEST = 58
"""Letters of a text that somebody else wrote."""


def diagram(trace: Trace, rows: int) -> Picture:
    """The first `rows` rows of the diagram. What is left out is said below it."""
    drawn = sequence(trace)
    every = [row for row, after in zip(drawn.rows, (*drawn.rows[1:], None), strict=False) if not _is_idle(row, after)]
    shown = every[:rows]
    left_out = len(every) - len(shown)
    sheet = _Sheet(drawn.lanes, shown)
    parts = [*sheet.lanes(), *sheet.rows(_attacks(trace))]
    high = sheet.bottom + 12
    if left_out:
        high += 20
        said = f"… and {left_out} more rows: diagram(rows={len(every)}), or during(step).diagram()"
        parts.append(_text(14, high - 14, said, QUIET, anchor="start"))
    scale = max(min(_WIDE / sheet.width, 1), _SMALLEST)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet.width:.0f} {high:.0f}" '
        f'width="{sheet.width * scale:.0f}" height="{high * scale:.0f}" role="img" font-family="{FONT}" font-size="12">'
        f"<title>{meaning_itself(trace.header.name)}</title>{''.join(parts)}</svg>"
    )
    return Picture(themed(svg), "\n".join(_words(drawn.lanes, shown)))


def _is_idle(row: Row, after: Row | None) -> bool:
    """Whether it is the time before the first step, and nothing happened then."""
    return isinstance(row, Band) and row.step.number == 0 and not isinstance(after, Message | Note)


def _attacks(trace: Trace) -> set[int]:
    return {step.number for step in trace.steps if step.began is not None and step.began.attack}


class _Sheet:
    """Where everything stands."""

    def __init__(self, lanes: Sequence[Lane], rows: Sequence[Row]) -> None:
        self._lanes = lanes
        self._rows = rows
        providers = list(dict.fromkeys(lane.provider for lane in lanes))
        self._hues = [providers.index(lane.provider) for lane in lanes]
        kept = _kept(lanes, rows)
        wanted = sum(_LANE[lanes[at].kind] for at in kept)
        factor = max(min((_WIDE - _GUTTER - 10) / max(wanted, 1), 1.3), 0.72)
        self.centers: dict[int, float] = {}
        left = float(_GUTTER)
        for at in kept:
            wide = _LANE[lanes[at].kind] * factor
            self.centers[at] = left + wide / 2
            left += wide
        self.width = max(left + 10, 480)
        self._tops = [float(_HEAD + 6)]
        for row in rows:
            self._tops.append(self._tops[-1] + _high(row))
        self.bottom = self._tops[-1]

    def lanes(self) -> Iterator[str]:
        """The names on top, and the lines below them."""
        for at, center in self.centers.items():
            lane, colour = self._lanes[at], hue(self._hues[at])
            dashes = ' stroke-dasharray="3 4"' if lane.kind == "client" else ""
            yield (
                f'<line x1="{center:.1f}" y1="{_HEAD - 8}" x2="{center:.1f}" y2="{self.bottom + 4:.1f}" '
                f'stroke="{colour}" stroke-opacity=".4"{dashes}/>'
            )
            name = _short(lane.name, 40)
            wide = len(name) * 6.9 + 16
            if lane.kind != "client":
                border = ' stroke-dasharray="4 3"' if lane.kind == "other" else ""
                yield _box(center, 10, wide, 25, wash(self._hues[at]), colour, more=f' stroke-opacity=".5"{border}')
                yield _text(center, 27, name, INK, weight=600)
            else:
                yield from _client_head(name, center, colour)

    def rows(self, attacks: set[int]) -> Iterator[str]:
        """Everything below the names."""
        waiting: dict[int, float] = {}
        for row, top in zip(self._rows, self._tops, strict=False):
            match row:
                case Message(exchange, recipient=lane, part="request"):
                    waiting[exchange.number] = top + _HIGH["request"] - 4
                case Message(exchange, recipient=lane, part="answer") if exchange.number in waiting:
                    begun, ended = waiting[exchange.number], top + _HIGH["answer"] - 4
                    ground, border = wash(self._hues[lane]), hue(self._hues[lane])
                    yield _box(self.centers[lane], begun, 8, ended - begun, ground, border, round_=3)
        for row, top in zip(self._rows, self._tops, strict=False):
            match row:
                case Band():
                    yield from self._band(row, top)
                case Message():
                    yield from self._message(row, top, attack=row.exchange.step_number in attacks)
                case Note():
                    yield from self._note(row, top)

    def _band(self, band: Band, top: float) -> Iterator[str]:
        step = band.step
        attack = step.began is not None and step.began.attack
        failed = step.ended is not None and step.ended.result in ("failed", "fault")
        ground, border = (BAD_WASH, BAD) if failed else (ATTACK_WASH, ATTACK) if attack else (PANEL, LINE)
        yield (
            f'<rect x="8" y="{top + 7:.1f}" width="{self.width - 16:.1f}" height="23" rx="5" fill="{ground}" '
            f'stroke="{border}" stroke-opacity=".6"/>'
        )
        label = step.label.removeprefix(f"{step.number} ") if step.number else "before the first step"
        number = f'<tspan fill="{QUIET}">{step.number}</tspan>  ' if step.number else ""
        said = f"{number}{meaning_itself(_short(label, 90))}"
        for word, colour in (("attack", ATTACK), ("failed", BAD)):
            if (word == "attack" and attack) or (word == "failed" and failed):
                said += f'<tspan dx="10" fill="{colour}">{word}</tspan>'
        yield f'<text x="18" y="{top + 23:.1f}" fill="{INK}" font-weight="600" xml:space="preserve">{said}</text>'

    def _message(self, message: Message, top: float, *, attack: bool) -> Iterator[str]:
        exchange = message.exchange
        here, there = self.centers[message.sender], self.centers[message.recipient]
        if message.part != "answer":
            colour = FAULT if exchange.fault else ATTACK if attack else INK
            at = top + _HIGH["request"] - 4
            yield _text(_GUTTER - 14, at + 3, str(exchange.number), QUIET, anchor="end", size=11)
            yield from self._arrow(here, there, at, colour, _asked(exchange), dots=bool(exchange.fault))
        if message.part != "request":
            at = top + _high(message) - 4
            colour = BAD if exchange.status is None else REFUSED if exchange.refused else QUIET
            arrived = exchange.status is not None
            yield from self._arrow(there, here, at, colour, _came(exchange, colour), dashes=True, arrived=arrived)

    def _arrow(
        self, here: float, there: float, y: float, colour: str, label: tuple[str, int],
        *, dashes: bool = False, dots: bool = False, arrived: bool = True,
    ) -> Iterator[str]:  # fmt: skip
        """A line with a point, or without: an answer that never came. Somebody may speak with itself."""
        said, letters = label
        if here == there:
            there = here + 34
        way = 1 if there > here else -1
        style = ' stroke-dasharray="5 3"' if dashes else ' stroke-dasharray="2 3"' if dots else ""
        end = there - way * 5
        if arrived:
            yield (
                f'<line x1="{here + way * 5:.1f}" y1="{y:.1f}" x2="{end - way * 5:.1f}" y2="{y:.1f}" stroke="{colour}" '
                f'stroke-width="1.4"{style}/>'
                f'<path d="M{end:.1f} {y:.1f}l{-way * 8} -4v8z" fill="{colour}"/>'
            )
        half = letters * _LETTER / 2 + 6
        middle = max(min((here + there) / 2, self.width - half), _GUTTER + half - 8)
        yield (
            f'<text x="{middle:.1f}" y="{y - 5:.1f}" text-anchor="middle" fill="{INK}" stroke="{GROUND}" '
            f'stroke-width="4" stroke-linejoin="round" paint-order="stroke" xml:space="preserve">{said}</text>'
        )

    def _note(self, note: Note, top: float) -> Iterator[str]:
        said = _short(note.text)
        ink, ground, border = QUIET, GROUND, STRONG
        if not isinstance(note.event, ProtocolEvent) or note.event.kind in _ALARMING:
            ink, ground, border = BAD, BAD_WASH, BAD
        elif note.event.is_rejection:
            ink, ground, border = REFUSED, REFUSED_WASH, REFUSED
        wide = len(said) * 6.0 + 18
        center = max(min(self.centers[note.lane], self.width - wide / 2 - 8), _GUTTER + wide / 2 - 8)
        yield _box(center, top + 3, wide, 19, ground, border, round_=10, more=' stroke-opacity=".6"')
        yield _text(center, top + 16.5, said, ink, size=11)


def _client_head(name: str, center: float, colour: str) -> Iterator[str]:
    """A client's name in two lines, of the user and the device."""
    user, _, device = name.partition(".")
    yield _text(center, 19, user, INK)
    yield _text(center, 32, device, QUIET, size=11)
    yield (
        f'<line x1="{center - 22:.1f}" y1="37" x2="{center + 22:.1f}" y2="37" stroke="{colour}" stroke-opacity=".6" '
        f'stroke-width="2"/>'
    )


def _kept(lanes: Sequence[Lane], rows: Sequence[Row]) -> list[int]:
    """The lanes to show: where there are many clients, those at whom something happens."""
    busy: set[int] = set()
    for row in rows:
        match row:
            case Message(_, sender, recipient):
                busy |= {sender, recipient}
            case Note(_, lane):
                busy.add(lane)
    fits = sum(_LANE[lane.kind] for lane in lanes) <= _WIDE
    return [at for at, lane in enumerate(lanes) if fits or lane.kind != "client" or at in busy]


def _asked(exchange: Exchange) -> tuple[str, int]:
    said = f'<tspan font-weight="600">{meaning_itself(_short(exchange.endpoint))}</tspan>'
    plain = exchange.endpoint
    more = [exchange.operation or ""] if exchange.operation != exchange.endpoint else []
    more += [f"attempt {exchange.attempt}"] if exchange.attempt > 1 else []
    coloured = [(word, QUIET) for word in more if word] + ([(f"⚡ {exchange.fault}", FAULT)] if exchange.fault else [])
    for word, colour in coloured:
        said, plain = f'{said} <tspan fill="{colour}">{meaning_itself(word)}</tspan>', f"{plain} {word}"
    return said, len(plain)


def _came(exchange: Exchange, colour: str) -> tuple[str, int]:
    if exchange.status is None:
        plain = _short(f"✕ no answer: {exchange.error or 'it was cut off'}")
    else:
        plain = f"{exchange.status} {exchange.code or ''}".rstrip()
    return f'<tspan fill="{colour}">{meaning_itself(plain)}</tspan>', len(plain)


def _high(row: Row) -> int:
    match row:
        case Band():
            return _HIGH["band"]
        case Message(part=part):
            return _HIGH[part]
        case Note():
            return _HIGH["note"]


def _text(
    x: float, y: float, said: str, colour: str, *, anchor: str = "middle", size: int = 12, weight: int = 400
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" '
        f'fill="{colour}">{meaning_itself(said)}</text>'
    )


def _box(
    center: float, top: float, wide: float, high: float, ground: str, border: str, *, round_: int = 6, more: str = ""
) -> str:
    return (
        f'<rect x="{center - wide / 2:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{high:.1f}" rx="{round_}" '
        f'fill="{ground}" stroke="{border}"{more}/>'
    )


def _short(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _words(lanes: Sequence[Lane], rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        match row:
            case Band(step):
                yield step.label or "before the first step"
            case Message(exchange, sender, recipient, part) if part != "answer":
                came = exchange.error or f"{exchange.status} {exchange.code or ''}".rstrip()
                who = f"{lanes[sender].name} -> {lanes[recipient].name}"
                yield f"  {exchange.number} {who}: {exchange.endpoint} {came}"
            case Note(_, lane, text):
                yield f"  {lanes[lane].name}: {text}"
