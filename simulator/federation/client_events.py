"""What clients note in their event logs, in the words of a trace."""

import time
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from simulator.clients import Client
from simulator.clients.events.events import Event
from simulator.provider.protocol_events import facts
from simulator.rules import Breach
from simulator.services.decisions import Decision
from simulator.trace import ClientSecret, ProtocolEvent, Recorder

PEERS = ("sender", "committer", "provider")
"""The fields of events that name the other party."""

SECRETS = ("sender_data_secret", "encryption_secret", "exporter_secret")
"""What is told of an epoch where secrets are wanted: enough to decrypt its PrivateMessages (RFC 9420 6.3, 9)."""

COMMON = ("group", "epoch", "operation", "rule", "reason", "rules")


def listen(client: Client, recorder: Recorder) -> None:
    """Let the recorder know what the client does and notices, from now on; its secrets too, where it wants them."""
    known: set[tuple[str, int]] = set()

    def hear(event: Event) -> None:
        recorder.add(told(client, event))
        if recorder.secrets:
            _confess(client, recorder, known)

    def breached(breach: Breach) -> None:
        recorder.breached(breach)
        if breach.waived:
            recorder.add(
                ProtocolEvent(
                    started=time.time(),
                    role="client",
                    actor=client.uri,
                    name=client.name,
                    kind="Waived",
                    reason=breach.words,
                    rules=breach.rules,
                )
            )

    def decided(decision: Decision) -> None:
        requirement = client.state.draft.follows(decision.practice)
        recorder.add(
            ProtocolEvent(
                started=time.time(),
                role="client",
                actor=client.uri,
                name=client.name,
                **facts(decision, requirement),
            )
        )

    client.events.heard_by = hear
    client.state.decided = decided
    client.state.enforcement = replace(client.state.enforcement, heard=breached)


def told(client: Client, event: Event) -> ProtocolEvent:
    """One event of a client's log."""
    found = {each.name: getattr(event, each.name) for each in fields(event)}
    common: dict[str, Any] = {name: found[name] for name in COMMON if found.get(name) not in (None, "", ())}
    peer = next((found[name] for name in PEERS if found.get(name)), None)
    return ProtocolEvent(
        started=time.time(),
        role="client",
        actor=client.uri,
        name=client.name,
        kind=type(event).__name__,
        peer=peer,
        details=_details(found),
        **common,
    )


def _details(found: Mapping[str, Any]) -> dict[str, str]:
    details: dict[str, str] = {}
    for name, value in found.items():
        if name in COMMON or name in PEERS:
            continue
        if isinstance(value, bytes):
            text = value.decode("utf-8", "replace")
            readable = name == "data" and text.isprintable() and "\ufffd" not in text
            details["text" if readable else name] = text if readable else value.hex()
        else:
            details[name] = ", ".join(value) if isinstance(value, tuple) else str(value)
    return {name: value for name, value in details.items() if value}


def _confess(client: Client, recorder: Recorder, known: set[tuple[str, int]]) -> None:
    for uri, group in client.groups.items():
        if (uri, group.epoch) in known:
            continue
        known.add((uri, group.epoch))
        for label in SECRETS:
            secret = getattr(group.state.secrets, label)
            recorder.add(
                ClientSecret(
                    started=time.time(), client=client.uri, group=uri, epoch=group.epoch, label=label, secret=secret
                )
            )
