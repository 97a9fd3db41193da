"""Our tree of libyaml's events, in C; where PyYAML is installed, and of a text that can only be read in one way.

Whatever ruamel could read otherwise, or not at all, and whatever there is to say about is left to it (`building`).
Which values are numbers, true, false or nothing is as in YAML 1.2, not 1.1 as PyYAML itself has it.
"""

import re
from functools import lru_cache
from typing import Any

from simulator.scenario.loading.nodes import DEEPEST, LARGEST, Mapping, Node, Scalar, Sequence, size
from simulator.scenario.loading.problems import Source, Span

try:
    from yaml import YAMLError
    from yaml.cyaml import CParser
    from yaml.events import AliasEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

    _NODES = (ScalarEvent, MappingStartEvent, SequenceStartEvent)
except ImportError:  # without PyYAML, or with one that was built without libyaml
    CParser = None

_APART = re.compile(r"[^\n -~\u00a1-\u167f\u1681-\u1fff\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff]|^%|^---|^\.\.\.", re.M)
"""Tabs, line breaks that not everybody takes for one, what may not be in YAML, directives, ends of documents."""
_MARKERS = ("%", "---", "...")
"""Of directives and of documents' ends, at the beginning of a line."""
_PROPERTIES = re.compile(r"[!?&*](?<![^\s\[{,:?-].)(?:(?<=[!?])|(?!\w+(?:[\s,\]}]|$)))(?=\S)", re.M | re.A)
"""A tag, an odd name of an anchor or alias, an explicit key: or what is like one in a text. What stands before one of
the four characters is looked at when one is found: they are few, and `re` passes fastest over what is none of them.
"""
_QUOTED = re.compile(r"""((?:^|[\[{,:-]) *)"[^"'\\\n]*"(?= *(?:[,\]}:]|$))""", re.M)
"""Texts in quotes that nothing else can be, in which there are no such things."""
_BRACKETS = re.compile(r"[\[\]{}]")
_LONGEST_LINE = 2000

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,11})\.[0-9]{1,12}")
_OTHER = re.compile(
    r"[-+]?(?=[0-9._])(?:[0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9]+)?|0[box][0-9A-Fa-f_]*|\.(?:inf|Inf|INF|nan|NaN|NAN))|<<|=|[!&*]"
)
"""What may be a number that is written otherwise, or mean something to ruamel."""


_SURROGATE = re.compile("[\ud800-\udfff]")


class _LeftError(Exception):
    """There is something in a text that is left to ruamel."""


def tree(text: str, source: Source) -> Node | None:
    """The document in a text, which is that of `source`. None where ruamel has to say what is in it, or is wrong with
    it.
    """
    if CParser is None or not _is_plain(text):
        return None
    parser = CParser(text)
    try:
        return _Events(parser, source).root()
    except (YAMLError, _LeftError, ValueError, LookupError):
        return None
    finally:
        parser.dispose()


def _is_plain(text: str) -> bool:
    """Whether there is nothing in it that the two libraries may see differently, such as where a last line without an
    end ends, nor what is nested so deep that the one in C is in danger.
    """
    if (
        not text.endswith("\n")
        or _has_apart(text)
        or (_PROPERTIES.search(text) and _PROPERTIES.search(_QUOTED.sub(r'\1""', text)))
        or max(map(len, text.split("\n"))) > _LONGEST_LINE
    ):
        return False
    depth = deepest = 0
    for bracket in _BRACKETS.findall(text):
        depth += 1 if bracket in "[{" else -1
        deepest = max(depth, deepest)
    return deepest <= DEEPEST


def _has_apart(text: str) -> bool:
    """Whether anything in it is `_APART`; in a text in ASCII that is found without it, in a tenth of the time."""
    if not text.isascii():
        return _APART.search(text) is not None
    return (
        not text.replace("\n", " ").isprintable()
        or text.startswith(_MARKERS)
        or any(f"\n{marker}" in text for marker in _MARKERS)
    )


class _Events:
    """Reads the events of one document. Raises _LeftError."""

    def __init__(self, parser: Any, source: Source) -> None:
        self._next = parser.get_event
        self._source = source
        self._values = 0
        self._anchors: dict[str, Node | None] = {}
        """None while what has the anchor is being read."""

    def root(self) -> Node:
        """The whole document."""
        self._next(), self._next()  # the stream and the document begin
        node = self._node(self._next(), 1)
        if self._next().__class__.__name__ != "DocumentEndEvent" or self._next().__class__.__name__ != "StreamEndEvent":
            raise _LeftError
        return node

    def _node(self, event: Any, depth: int) -> Node:
        if type(event) is AliasEvent:
            return self._again(event.anchor)
        if type(event) not in _NODES:
            raise _LeftError
        anchor = event.anchor
        if anchor is None:
            return self._new(event, depth)
        if anchor in self._anchors:
            raise _LeftError
        self._anchors[anchor] = None
        self._anchors[anchor] = node = self._new(event, depth)
        return node

    def _again(self, anchor: str) -> Node:
        """What an alias stands for, which counts in each place."""
        node = self._anchors.get(anchor)
        if node is None or (isinstance(node, Scalar) and node.value is None):
            raise _LeftError
        self._values += size(node)
        if self._values > LARGEST:
            raise _LeftError
        return node

    def _new(self, event: Any, depth: int) -> Node:
        kind = type(event)
        self._values += 1
        if kind is ScalarEvent:
            return Scalar(_value(event), self._span(event.start_mark, event.end_mark))
        if event.tag or depth >= DEEPEST or self._values > LARGEST:
            raise _LeftError
        if kind is MappingStartEvent:
            return self._mapping(event, depth)
        items = []
        while (inner := self._next()).__class__.__name__ != "SequenceEndEvent":
            items.append(self._node(inner, depth + 1))
        return Sequence(tuple(items), self._span(event.start_mark, inner.end_mark))

    def _mapping(self, event: Any, depth: int) -> Mapping:
        values: dict[str, Node] = {}
        keys: dict[str, Span] = {}
        while type(key := self._next()) is ScalarEvent:
            name = _value(key)
            if not isinstance(name, str) or name in values or key.anchor:
                raise _LeftError
            keys[name] = place = self._span(key.start_mark, key.end_mark)
            value = self._node(self._next(), depth + 1)
            # YAML's mark of what is not there is somewhere behind, and the key's place says more.
            values[name] = Scalar(None, place) if type(value) is Scalar and value.value is None else value
        if key.__class__.__name__ != "MappingEndEvent":
            raise _LeftError
        return Mapping(values, keys, self._span(event.start_mark, key.end_mark))

    def _span(self, start: Any, end: Any) -> Span:
        column = end.column if end.line == start.line else start.column
        return Span(start.line + 1, start.column + 1, column + 1, self._source)


def _value(event: Any) -> str | int | float | bool | None:
    """What a scalar is. Raises _LeftError."""
    text: str = event.value
    if event.tag or not (text.isascii() or _SURROGATE.search(text) is None):
        raise _LeftError
    return _plain(text) if event.implicit[0] else text


@lru_cache(4096)
def _plain(text: str) -> str | int | float | bool | None:
    """What a text without quotes is: mostly one of a few thousand. Raises _LeftError."""
    if text in _WORDS:
        return _WORDS[text]
    if _OTHER.fullmatch(text) is None:
        return text
    if _WHOLE.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    raise _LeftError
