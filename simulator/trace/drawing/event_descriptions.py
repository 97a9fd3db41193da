"""What a protocol event says to people, in a few words."""

import re
from collections.abc import Callable, Iterable, Iterator

from simulator.trace.events import ProtocolEvent, TLSFailure
from simulator.trace.header import ProviderShown

_OCTETS = re.compile(r"[0-9a-f]{32,}")
_TOLD = 8
"""How many digits of octets in hex are told."""


class Names:
    """What people call clients and providers, by their URIs."""

    def __init__(self, providers: Iterable[ProviderShown]) -> None:
        self._names = {client.uri: client.name for provider in providers for client in provider.clients}

    def of(self, uris: str | None) -> str:
        """The names in the place of one URI or of several with commas; what is unknown stays as it is."""
        return ", ".join(self._names.get(uri, uri) for uri in re.split(r",\s*", uris or "") if uri)


def describe(event: ProtocolEvent | TLSFailure, names: Names) -> str:
    """One line, without the time and without who it happened to."""
    if isinstance(event, TLSFailure):
        return f"TLS failed: {event.reason}"
    say = _decided if event.requirement else _DESCRIPTIONS.get(event.kind, _plain)
    return say(event, names)


def _plain(event: ProtocolEvent, names: Names) -> str:
    """The kind in words, then what else is known."""
    words = _kind(event)
    peer = names.of(event.peer)
    facts = [event.operation, peer and f"for {peer}", event.rule, event.broken, None if event.rule else event.reason]
    return ": ".join([words, ", ".join(fact for fact in facts if fact)]).removesuffix(": ")


def _decided(event: ProtocolEvent, names: Names) -> str:
    """What was decided about what, why, and following which requirement."""
    peer = names.of(event.peer)
    about = " ".join(part for part in (_kind(event), event.operation, f"({peer})" if peer else "") if part)
    said = "; ".join((event.reason or "", *_details(event, names)))
    return f"{about}: {said} [{event.requirement}]"


def _details(event: ProtocolEvent, names: Names) -> Iterator[str]:
    """What else there is to say; of keys, nonces and pseudonyms, as much as tells them apart."""
    for name, value in event.details.items():
        yield f"{name} {value[:_TOLD]}.." if _OCTETS.fullmatch(value) else names.of(value)


def _kind(event: ProtocolEvent) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", event.kind).lower()


def _joined(event: ProtocolEvent, names: Names) -> str:
    return f"joined at epoch {event.epoch}"


def _sent(event: ProtocolEvent, names: Names) -> str:
    return f"sent {_text(event)}"


def _received(event: ProtocolEvent, names: Names) -> str:
    return f"received {_text(event)} from {names.of(event.peer)}"


def _epoch_changed(event: ProtocolEvent, names: Names) -> str:
    said = [f"epoch {event.epoch} by {names.of(event.peer)}"]
    for change in ("added", "removed"):
        if event.details.get(change):
            said.append(f"{change} {names.of(event.details[change])}")
    if event.details.get("unproven"):
        said.append(f"without proof of being {names.of(event.details['unproven'])}")
    return ", ".join(said)


def _removed(event: ProtocolEvent, names: Names) -> str:
    return f"removed by {names.of(event.peer)}"


def _connection_requested(event: ProtocolEvent, names: Names) -> str:
    return f"asked for a connection from {names.of(event.peer)}"


def _fell_behind(event: ProtocolEvent, names: Names) -> str:
    return f"fell behind at epoch {event.epoch}"


def _refused(event: ProtocolEvent, names: Names) -> str:
    if event.role == "client":
        return _plain(event, names)
    asked = " of ".join(part for part in (event.operation, names.of(event.peer)) if part)
    said = ", ".join(part for part in (event.rule, event.broken) if part)
    return f"refused {asked or 'a request'}" + (f": {said}" if said else "")


def _waived(event: ProtocolEvent, names: Names) -> str:
    return f"would have refused: {event.broken}: {event.reason}"


def _text(event: ProtocolEvent) -> str:
    """The message, if it is text, else how long it is."""
    if "text" in event.details:
        return f"“{event.details['text']}”"
    return f"{len(event.details.get('data', '')) // 2} bytes"


_DESCRIPTIONS: dict[str, Callable[[ProtocolEvent, Names], str]] = {
    "Joined": _joined,
    "Sent": _sent,
    "Received": _received,
    "EpochChanged": _epoch_changed,
    "Removed": _removed,
    "ConnectionRequested": _connection_requested,
    "FellBehind": _fell_behind,
    "Refused": _refused,
    "Waived": _waived,
}
