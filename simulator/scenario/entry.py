"""One item of a scenario's `steps`: a mapping with exactly one step keyword, and what is said about that step.

    - add_users: {by: alice, group: team, users: [bob]}
      as: added
      expect: {error: wrong_epoch}
      note: Bob's commit won.
      covers: [MY-DRAFT-EPOCH]
      only: my-draft-01

`covers` names what it shows, by the IDs of requirements. `skip: why` leaves it out; in drafts that `only` does not name
it is left out too; `tags: [slow]` lets the command line do so. `repeat: 3` makes three of it before it is read (see
`substitution`).

An item with `expect` alone is a step too: it does nothing and checks.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import field, replace
from typing import Annotated, Any, ClassVar

import msgspec

from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError
from simulator.scenario.expect import Expect, unknown
from simulator.scenario.loading.conversion import INVALID, Reader, reading
from simulator.scenario.loading.nodes import Mapping, Node, Scalar, places
from simulator.scenario.loading.problems import Misplaced, Span, Unfit
from simulator.scenario.names import Checked, DraftRef, Kind
from simulator.scenario.outcome import Outcome
from simulator.scenario.rule_names import Covered
from simulator.scenario.scalars import Tag
from simulator.scenario.step import Conduct, Expectation, Step, keyword

_GIVEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_NOWHERE = Span(1, 1, 2)
_ABOUT = ("expect", "as", "note", "covers", "skip", "only", "repeat", "tags")


def _reason(text: str) -> None:
    """Raises SimulatorError."""
    if not text.strip():
        raise SimulatorError("say why it is left out")


def _given(name: str) -> None:
    """Raises SimulatorError."""
    if not _GIVEN.fullmatch(name):
        raise SimulatorError(f'"{name}" can\'t be a name: letters, digits, - and _ only')


Given = Annotated[str, Checked(_given)]
"""What `as` calls a result."""

Reason = Annotated[str, Checked(_reason)]
"""Why something is left out."""

_NOTE, _AS, _SKIP = reading(str), reading(Given), reading(Reason)
_TAGS, _COVERS, _DRAFTS = reading(tuple[Tag, ...]), reading(tuple[Covered, ...]), reading(tuple[DraftRef, ...])


class Nothing(Step, frozen=True, tag="expect"):
    """Do nothing: an `expect` that stands alone only checks."""

    spreads: ClassVar[bool] = True

    async def run(self, context: object) -> None:
        """Nothing."""


class OfOtherDrafts(Step, frozen=True, kw_only=True):
    """A step that is for other drafts than the one that is spoken, and so was not read."""

    word: str
    """Its keyword."""
    of: Conduct = Conduct.honest
    """How those behave who act in it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A step, where it stands, and what is said about it."""

    step: Step
    line: int
    expect: Expect = Expect()
    name: str | None = None
    """Its `as`."""
    note: str | None = None
    skip: str | None = None
    """Why it is left out, if it is."""
    turn: tuple[int, int] | None = None
    """Which of how many it is, where `repeat` has made several of one."""
    file: str | None = None
    """The part that it stands in, if that is another file than the scenario's."""
    tags: tuple[str, ...] = ()
    """Words by which steps are chosen to be left out."""
    covers: tuple[str, ...] = ()
    """The IDs of the requirements and rules that it shows."""
    place: Span = field(default=_NOWHERE, repr=False, compare=False)
    """Where exactly its keyword stands."""

    @property
    def keyword(self) -> str:
        """The word for its kind."""
        if isinstance(self.step, OfOtherDrafts):
            return self.step.word
        return keyword(type(self.step))

    @property
    def is_of_other_drafts(self) -> bool:
        """Whether it is left out because it is for other drafts only."""
        return isinstance(self.step, OfOtherDrafts)

    @property
    def alone(self) -> bool:
        """Whether it only checks."""
        return isinstance(self.step, Nothing)

    @property
    def is_attack(self) -> bool:
        """Whether somebody misbehaves in it, as told."""
        conduct = self.step.of if isinstance(self.step, OfOtherDrafts) else self.step.conduct
        provokes = conduct is Conduct.unusual and not self.expect.outcome.success
        return provokes or conduct is Conduct.hostile or any(part.is_attack for part in self.step.parts)

    @property
    def where(self) -> str:
        """Its line, and the file where that is a part."""
        return f"line {self.line} of {self.file}" if self.file else f"line {self.line}"

    @property
    def label(self) -> str:
        """What it is called in results and traces."""
        named = f"{self.keyword} {self.name}" if self.name else self.keyword
        return f"{named} ({self.turn[0]} of {self.turn[1]})" if self.turn else named

    @property
    def inner(self) -> tuple["Entry", ...]:
        """The entries of which its step consists, if it does."""
        return tuple(entry for entries in self._inner().values() for entry in entries)

    @property
    def claims(self) -> tuple[str, ...]:
        """The IDs of all that it says it covers, with the entries in it; each once."""
        inner = (name for entry in self.inner for name in entry.claims)
        return tuple(dict.fromkeys((*self.covers, *inner)))

    def _inner(self) -> dict[str, tuple["Entry", ...]]:
        step = self.step
        return {
            name: value
            for name in step.__struct_fields__
            if (value := getattr(step, name)) and type(value) is tuple and all(type(each) is Entry for each in value)
        }

    def lacking(self, draft: Draft) -> str | None:
        """Why it, or something in it, means nothing in a draft; None where it does mean something."""
        said: tuple[Step | Expectation, ...] = (
            self.step,
            *(located.expectation for located in self.expect.expectations),
        )
        own = (draft.lacking(each.needed()) for each in said)
        return next((why for why in (*own, *(each.lacking(draft) for each in self.inner)) if why is not None), None)

    def check_without_network(self) -> None:
        """Raises Misplaced if it, or something in it, means something only with simulated time."""
        said: tuple[Step | Expectation, ...] = (self.step, *(each.expectation for each in self.expect.expectations))
        for each in said:
            if each.needs_network:
                raise Misplaced(self.place, f'"{keyword(type(each))}" says simulated time here: it needs a "network"')
        for entry in self.inner:
            entry.check_without_network()

    def without(self, tags: Collection[str]) -> "Entry":
        """It, but left out if it has one of these tags; the same with the entries in it."""
        said = next((tag for tag in self.tags if tag in tags), None)
        inner = {name: tuple(each.without(tags) for each in entries) for name, entries in self._inner().items()}
        step = msgspec.structs.replace(self.step, **inner) if inner else self.step
        return replace(self, step=step, skip=self.skip or (f"steps with the tag {said} are left out" if said else None))

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From one item of `steps`."""
        if not isinstance(node, Mapping):
            return reader.wrong(node, "a step is a mapping: a keyword and what it needs")
        kinds = reader.keywords["step"]
        words = [word for word in node.values if word not in _ABOUT]
        steps = [word for word in words if word in kinds]
        place = node.keys[(steps or words or list(node.keys) or [""])[0]] if node.keys else node.span
        for word in words:
            if word not in kinds:
                reader.wrong(node.keys[word], unknown("step", word, [*kinds, *_ABOUT]))
        if len(steps) > 1:
            reader.wrong(node.keys[steps[1]], f'two steps in one: "{steps[0]}" and "{steps[1]}"')
        elif not words and "expect" not in node.values:
            reader.wrong(place, "no step here")
        kind = kinds[steps[0]] if len(steps) == 1 else None if words else Nothing
        drafts = _DRAFTS(reader, node.values["only"]) if "only" in node.values else ()
        file = place.source.file if place.source not in (None, reader.problems.source) else None
        if drafts and drafts is not INVALID and not reader.names.draft.is_one_of(drafts):
            return _of_others(node, drafts, kind, place, file, reader)
        if len(words) == 1 and kind is not None:
            said = node.values[steps[0]]
            step = _checked(reader.struct(said, kind, place), said, reader)
        else:
            step = INVALID if words or "expect" not in node.values else Nothing()
        name = _name(node, reader, kind)
        if isinstance(name, str) and isinstance(step, Step):
            endpoint = step.endpoint_in(reader.names)
            if endpoint is not None:
                reader.names.endpoints[name] = endpoint
        expect = Expect.read(node.values["expect"], reader) if "expect" in node.values else Expect()
        note = _NOTE(reader, node.values["note"]) if "note" in node.values else None
        if "repeat" in node.values:
            reader.wrong(node.keys["repeat"], "only an item of a list can be repeated")
        skip = _SKIP(reader, node.values["skip"]) if "skip" in node.values else None
        if isinstance(step, Step) and isinstance(expect, Expect):
            for complaint in _misplaced(step, expect):
                reader.wrong(node.keys["expect"], complaint)
        tags = _TAGS(reader, node.values["tags"]) if "tags" in node.values else ()
        covers = _COVERS(reader, node.values["covers"]) if "covers" in node.values else ()
        if INVALID in (step, name, expect, note, skip, tags, drafts, covers):
            return INVALID
        return cls(step, place.line, expect, name, note, skip, node.turn, file, tags, covers, place)


def _of_others(
    node: Mapping, drafts: tuple[str, ...], kind: type[Step] | None, place: Span, file: str | None, reader: Reader
) -> Any:
    """A step of which only the keyword is read: what else it says has no meaning in this draft."""
    made = node.values.get("as")
    if isinstance(made, Scalar) and isinstance(made.value, str):
        reader.names.elsewhere[made.value] = drafts
    if kind is None:
        return INVALID
    why = f"only in {' and '.join(drafts)}"
    return Entry(
        OfOtherDrafts(word=keyword(kind), of=kind.conduct), place.line, skip=why, turn=node.turn, file=file, place=place
    )


def _checked(step: Any, said: Node, reader: Reader) -> Any:
    if isinstance(step, Step):
        try:
            step.check_names(reader.names)
        except Misplaced as error:
            return reader.wrong(error.place, str(error))
        except Unfit as error:
            return reader.wrong(next(places(said, error.text), said.span), str(error))
    return step


def _misplaced(step: Step, expect: Expect) -> Iterator[str]:
    """What can't be expected of this step."""
    outcome = expect.outcome
    if isinstance(step, Nothing):
        if outcome != Outcome():
            yield f'"{outcome}" says how a step ends: put it under that step'
        for located in expect.expectations:
            if located.expectation.needs_step:
                word = keyword(type(located.expectation))
                yield f'"{word}" compares with the time before a step: put it under that step'
    elif outcome.success and outcome.http is not None and not step.by_http:
        yield f'"{keyword(type(step))}" is not one HTTP request: its success has no "http" that could be {outcome.http}'


def _name(node: Mapping, reader: Reader, kind: type[Step] | None) -> Any:
    """The step's `as`. It is known from here on, also where the step itself has problems; where not even its kind is
    clear, it may be the name of anything.
    """
    if "as" not in node.values:
        return None
    name = _AS(reader, node.values["as"])
    if name is INVALID:
        return INVALID
    place = node.values["as"].span
    for made in tuple(Kind) if kind is None else (kind.produces, Kind.step):
        complaint = reader.names.define(made, name, place) if made else None
        if complaint and kind is not None:
            return reader.wrong(node.values["as"], complaint)
    return name
