"""What an `expect` says: how a step must end, and what must be so after it."""

from collections.abc import Mapping as MappingOf
from functools import cache
from typing import Any

import msgspec

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError, hint, nearest
from simulator.scenario.loading.by_draft import parts
from simulator.scenario.loading.conversion import INVALID, Reader
from simulator.scenario.loading.nodes import Mapping, Node
from simulator.scenario.outcome import Outcome
from simulator.scenario.step import Expectation

_MANY = 12


@cache
def _outcomes() -> dict[str, Any]:
    """The types of what is said of an outcome, by keyword."""
    return {field.name: field.type for field in msgspec.structs.fields(Outcome)}


@dataclass(frozen=True, slots=True)
class Located:
    """An expectation and its line in the file."""

    expectation: Expectation
    line: int


@dataclass(frozen=True, slots=True)
class Expect:
    """All that an `expect` says."""

    outcome: Outcome = Outcome()
    expectations: tuple[Located, ...] = ()

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a mapping, or a list of mappings where one keyword is wanted several times; in each of them `in <draft>`
        holds what is expected in that draft alone.
        """
        outcome: dict[str, Any] = {}
        found: list[Located] = []
        known = _outcomes()
        kinds = reader.keywords["expectation"]
        valid = True
        for part in parts(node, reader):
            if not isinstance(part, Mapping):
                return reader.wrong(part, "expected what must be so, by keyword, such as {error: wrong_epoch}")
            for word, value in part.values.items():
                if word in outcome:
                    read = reader.wrong(part.keys[word], f'"{word}" is said twice')
                elif word in known:
                    read = outcome[word] = reader.value(value, known[word])
                    found += _implied(word, read, part.keys[word].line, kinds)
                elif word in kinds:
                    read = reader.struct(value, kinds[word], part.keys[word])
                    found.append(Located(read, part.keys[word].line))
                else:
                    read = reader.wrong(part.keys[word], unknown("expectation", word, [*known, *kinds]))
                valid = valid and read is not INVALID
        if not valid:
            return INVALID
        try:
            return cls(Outcome(**outcome), tuple(found))
        except SimulatorError as error:
            return reader.wrong(node, str(error))


def _implied(word: str, value: Any, line: int, kinds: MappingOf[str, Any]) -> list[Located]:
    """What must be so too: where a provider has blocked something, nothing has changed."""
    if word != "blocked" or value is INVALID:
        return []
    return [Located(kinds["unchanged"](providers=(value,)), line)]


def unknown(what: str, word: str, known: list[str]) -> str:
    """What is said of a word that is none of those known."""
    everything = "mimi-sim steps lists all" if len(known) > _MANY else f"known: {', '.join(known)}"
    listed = "" if nearest(word, known) else f"; {everything}"
    return f'unknown {what} "{word}"{hint(word, known)}{listed}'
