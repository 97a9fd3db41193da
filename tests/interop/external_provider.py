"""Somebody else's provider: the simulator as another program, honest or with a rule left out.

    python -m tests.interop.external_provider FAULT serve TOPOLOGY [OPTION...]

FAULT is a key of FAULTS or PATCHES; the rest is a command line of `mimi-sim`.
"""

import ssl
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from unittest.mock import patch

from simulator.__main__ import main as simulate
from simulator.drafts import DRAFTS
from simulator.drafts.by_name import DraftsByName, Listed
from simulator.drafts.draft import Draft
from simulator.drafts.mimi_protocol_06.content.franking import FrankingKeys, ServerFrankingContext, frank
from simulator.drafts.mimi_protocol_06.messages.common import Frank
from simulator.drafts.requests.endpoint import Answer, Endpoint, Envelope, Incoming, Reply
from simulator.drafts.requests.wire_request import WireRequest
from simulator.mls.crypto.suite import CipherSuite
from simulator.net import Authority


def _each(draft: Draft, change: Callable[[Incoming], Incoming]) -> Draft:
    """A draft whose requests are not what they say."""

    def changed(row: Endpoint) -> Endpoint:
        def head(request: WireRequest) -> Envelope:
            return change(Incoming(row.head(request), row.open(request).perform)).envelope

        return replace(row, head=head, open=lambda request: change(row.open(request)))

    return replace(draft, endpoints=tuple(changed(row) for row in draft.endpoints))


def _redirecting(draft: Draft) -> Draft:
    def change(incoming: Incoming) -> Incoming:
        if incoming.envelope.operation != draft.discovery.endpoint.name:
            return incoming
        reply = Reply(302, (("location", "https://ds.elsewhere.example/"),), b"")
        return replace(incoming, perform=lambda site: Answer(reply))

    return _each(draft, change)


def _failing(draft: Draft) -> Draft:
    def fail(_: object) -> Answer:
        raise ZeroDivisionError("over a recipient that it does not know")

    def change(incoming: Incoming) -> Incoming:
        if incoming.envelope.recipient in (None, "b.example", "c.example"):
            return incoming
        return replace(incoming, envelope=replace(incoming.envelope, recipient=None), signature=None, perform=fail)

    return _each(draft, change)


FAULTS: dict[str, Callable[[Draft], Draft]] = {
    "honest": lambda draft: draft,
    "no recipient check": lambda draft: _each(
        draft, lambda incoming: replace(incoming, envelope=replace(incoming.envelope, recipient=None))
    ),
    "no signature check": lambda draft: _each(draft, lambda incoming: replace(incoming, signature=None)),
    "redirects": _redirecting,
    "fails over a wrong recipient": _failing,
}


class OldTLS(Authority):
    """Takes TLS 1.2."""

    def server_context(self, *args: object, **options: object) -> ssl.SSLContext:
        """As the good one, but for the version."""
        context = super().server_context(*args, **options)  # type: ignore[arg-type]
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context


def _wrong_frank(tag: bytes, context: ServerFrankingContext, keys: FrankingKeys, suite: CipherSuite) -> Frank:
    """Of a time at which the message did not come."""
    return frank(tag, replace(context, accepted_timestamp=context.accepted_timestamp + 1), keys, suite)


PATCHES: dict[str, tuple[str, object]] = {
    "old TLS": ("simulator.net.tls.kept_authority.Authority", OldTLS),
    "wrong Frank": ("simulator.drafts.mimi_protocol_06.rules.submit_message.frank", _wrong_frank),
}
"""Faults that are elsewhere: what stands in the place of what."""


def main() -> None:
    """Play along, with the fault."""
    fault = sys.argv.pop(1)
    change = FAULTS["honest" if fault in PATCHES else fault]
    with ExitStack() as patches:
        made = {draft.name: change(draft) for draft in DRAFTS}

        class Changed(Listed):
            """A draft with the fault."""

            def draft(self) -> Draft:
                return made[self.name]

        changed = DraftsByName(*(Changed(each.name, each.exported, each.usual) for each in DRAFTS.listed))
        patches.enter_context(patch("simulator.drafts.registry.DRAFTS", changed))
        if fault in PATCHES:
            patches.enter_context(patch(*PATCHES[fault]))
        simulate()


if __name__ == "__main__":
    main()
