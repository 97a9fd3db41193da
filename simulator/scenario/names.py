"""What a name in a scenario can stand for, and which names a file has defined so far."""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Annotated, Any

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.drafts.endpoint_words import WORDS
from simulator.errors import hint, nearest
from simulator.scenario.loading.problems import Span


class Kind(Enum):
    """The sort of thing that a name stands for."""

    provider = "provider"
    user = "user"
    client = "client"
    endpoint = "endpoint"
    draft = "draft"
    group = "group"
    message = "message"
    request = "request"
    fault = "fault"
    step = "step"

    __hash__ = object.__hash__  # there is one object of each; Enum's own takes its name's, which costs a call


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a text in a step as the name of something that must exist."""

    kind: Kind
    alone: bool = False
    """In a list of clients: whether each item has to be one client, so that a user's name does not stand for all."""


@dataclass(frozen=True, slots=True)
class Defines:
    """Marks a text in the topology as the name of something that exists from here on."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Checked:
    """Marks a text that has a form of its own; `check` raises SimulatorError for one that has not."""

    check: Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class CheckedInDraft:
    """Marks a text whose form depends on the draft that is spoken; `check` raises SimulatorError for one that has it
    not.
    """

    check: Callable[[str, Draft], Any]


@dataclass(frozen=True, slots=True)
class OneOf:
    """Marks a text that is one of these words, each with its meaning, or an empty text where it speaks for itself."""

    what: str
    """What the words are."""
    words: Callable[[], Mapping[str, str]]
    """All that are known now: drafts bring some of theirs."""
    keyword: str
    """Where `mimi-sim steps` lists them."""

    def complaint(self, word: str) -> str | None:
        """What is wrong with a word; None if nothing is."""
        known = _known_words(self.words, registry.known())
        if word in known:
            return None
        listed = f"; mimi-sim steps {self.keyword} lists all"
        return f'unknown {self.what} "{word}"{hint(word, known) or listed}'


@lru_cache(maxsize=64)
def _known_words(words: Callable[[], Mapping[str, str]], _: tuple[Draft, ...]) -> Mapping[str, str]:
    """The words, which are the same as long as these are the drafts that are known."""
    return words()


ProviderRef = Annotated[str, Refers(Kind.provider)]
"""`a.example`"""
UserRef = Annotated[str, Refers(Kind.user)]
"""`alice`; a user who need not exist: `mimi://a.example/u/nobody`"""
ClientRef = Annotated[str, Refers(Kind.client)]
"""`alice.phone`; `alice` is all of her clients in a list, and her only one where one client is meant"""
ActorRef = Annotated[str, Refers(Kind.client, alone=True)]
"""a client in a list of those who each do something: `alice.phone`, or `alice` if that is her only client"""
ErrorWord = Annotated[str, OneOf("code", lambda: dict.fromkeys(_codes(), ""), keyword="requests")]
"""the code of a refusal: `wrong_epoch`"""
EndpointRef = Annotated[str, Refers(Kind.endpoint)]
"""`fan_out`, a word that each draft has an endpoint for; or an endpoint by its own name, for the draft that has it"""
DraftRef = Annotated[str, Refers(Kind.draft)]
"""a draft that the file is for"""
GroupRef = Annotated[str, Refers(Kind.group)]
"""a group that an earlier step created `as` this"""
MessageRef = Annotated[str, Refers(Kind.message)]
"""a message that an earlier step sent `as` this"""
RequestRef = Annotated[str, Refers(Kind.request)]
"""an HTTP request that an earlier step captured or changed `as` this"""
FaultRef = Annotated[str, Refers(Kind.fault)]
"""faults that an earlier step injected `as` this"""
StepRef = Annotated[str, Refers(Kind.step)]
"""any earlier step that has an `as`"""


EVERYBODY = "all"
"""In a list of names: all that are known of the kind."""


def _codes() -> list[str]:
    """The codes of all drafts, each once."""
    return list(dict.fromkeys(str(code) for draft in registry.known() for code in draft.codes))


def _user(name: str, kind: Kind) -> str:
    """A client's user: a user's name stands for all of its clients where several are wanted."""
    return name.partition(".")[0] if kind is Kind.client else name


_OF_TOPOLOGY = (Kind.provider, Kind.user, Kind.client)


def _elsewhere(name: str) -> str | None:
    """What an endpoint that another draft has is called, and by whom; None for what no draft has."""
    having = [draft.name for draft in registry.known() if draft.meaning(name) is not None]
    return f'"{name}", which is one of {" and ".join(having)}' if having else f'"{name}"' if name in WORDS else None


class Names:
    """The names that a file knows at one place: those of its topology, and those of the steps above."""

    def __init__(self, draft: Draft, file_drafts: Iterable[str] = ()) -> None:
        self._known: dict[Kind, dict[str, None]] = {kind: {} for kind in Kind}
        self._places: dict[tuple[Kind, str], Span] = {}
        self._clients: dict[str, tuple[str, ...]] = {}
        """By user, their whole names."""
        self.draft = draft
        """The one that is spoken."""
        self._known[Kind.draft] = dict.fromkeys(file_drafts)
        self._known[Kind.endpoint] = dict.fromkeys((*draft.words, *(row.name for row in draft.all_endpoints)))
        self.elsewhere: dict[str, tuple[str, ...]] = {}
        """The names of what steps make that are for other drafts only, with those."""
        self.endpoints: dict[str, str] = {}
        """Of the requests that are known by name: the endpoints that they are for."""

    def define(self, kind: Kind, name: str, place: Span | None = None) -> str | None:
        """Make a name known. Returns what is wrong with it, if something is: one name means one thing of its kind.

        The same `place` may do so again: a repeated step's name is its last result's.
        """
        if name in self._known[kind]:
            if place is not None and self._places.get((kind, name)) == place:
                return None
            return f'there is already a {kind.value} "{name}"'
        self._known[kind][name] = None
        if kind is Kind.client:
            user = name.rpartition(".")[0]
            self._clients[user] = (*self._clients.get(user, ()), name)
        if place is not None:
            self._places[kind, name] = place
        return None

    def _of(self, kind: Kind) -> Mapping[str, None]:
        """The names of a kind. All drafts, where the file says none, are looked up where one is named that is not the
        simulator's own: for those that are installed, the metadata of all packages are read.
        """
        if kind is Kind.draft and not self._known[kind]:
            self._known[kind] = dict.fromkeys(registry.names())
        return self._known[kind]

    def matching(self, mark: Refers, words: str) -> tuple[str, ...] | None:
        """The names that `all`, `all but a1, b*`, a pattern with `*` or a user with several clients stands for, in the
        order in which they became known; None where `words` is a name like any other.
        """
        kind = mark.kind
        if kind is Kind.client and not mark.alone and len(devices := self._devices(words)) > 1:
            return devices
        wanted, but, others = words.partition(" but ")
        known = self._of(kind)
        if kind is Kind.endpoint or words in known or not (wanted == EVERYBODY or "*" in wanted):
            return None
        pattern = "*" if wanted == EVERYBODY else wanted
        left_out = [other.strip() for other in others.split(",")] if but else []
        whole = [name for name in known if kind is not Kind.client or "." in name]
        return tuple(
            name
            for name in whole
            if fnmatchcase(name, pattern) or fnmatchcase(_user(name, kind), pattern)
            if not any(fnmatchcase(name, other) or fnmatchcase(_user(name, kind), other) for other in left_out)
        )

    def client(self, name: str) -> str | None:
        """The whole name of a client, who may be called by its user's name if it is the only one; None for what is no
        client's name.
        """
        devices = self._devices(name)
        if len(devices) == 1:
            return devices[0]
        return name if "." in name and name in self._known[Kind.client] else None

    def _devices(self, user: str) -> tuple[str, ...]:
        """The clients of a user, by their whole names; none for what is no user's name."""
        return self._clients.get(user, ())

    def meaning(self, endpoint: str) -> str | None:
        """The name of the endpoint that a word stands for, or that is called so; None where the draft has none."""
        meaning = self.draft.meaning(endpoint)
        return None if meaning is None else meaning.endpoint

    def complaint(self, kind: Kind, name: str) -> str | None:
        """What is wrong with using `name` as a `kind` here; None if nothing is."""
        if kind is Kind.draft and not self._known[kind] and registry.has(name):
            return None
        known = self._of(kind)
        if kind is Kind.user and name.startswith("mimi://"):
            return None
        if kind is Kind.client and len(devices := self._devices(name)) > 1:
            return f"{name} has {len(devices)} clients, and one is meant here: write {' or '.join(devices)}"
        if name in known or (kind in _OF_TOPOLOGY and not self._known[Kind.provider]):
            return None  # without any topology, every name would be wrong: the one mistake is reported already
        message = f'unknown {kind.value} "{name}"'
        if name in self.elsewhere and kind not in _OF_TOPOLOGY:
            return f"{message}: the step that makes it is only for {' and '.join(self.elsewhere[name])}"
        if kind is Kind.draft and name in registry.names():
            return f'this file is not for "{name}"; its drafts: {", ".join(known)}'
        if kind is Kind.endpoint and (word := _elsewhere(name)):
            return f"{self.draft.name} has no endpoint {word}; known: {', '.join(known)}"
        if nearest(name, known):
            return message + hint(name, known)
        others = [other.value for other in Kind if name in self._of(other) and other is not Kind.step]
        if others:
            return f"{message}: that is a {others[0]}"
        if not known:
            return f"{message}: no step above has made a {kind.value}"
        return f"{message}; known: {', '.join(list(known)[:8])}{', ...' if len(known) > 8 else ''}"
