"""Who has got a file."""

from typing import Annotated, Any, ClassVar

from simulator.clients.events.events import Downloaded as DownloadedEvent
from simulator.drafts.features import DraftFeature
from simulator.scenario.names import Checked, ClientRef
from simulator.scenario.running.context import Context
from simulator.scenario.running.fields import as_bytes
from simulator.scenario.step import Expectation, Unmet


class Downloaded(Expectation, frozen=True, kw_only=True, tag="downloaded"):
    """Exactly these clients have downloaded this file, as it was before it was encrypted: up to now.

    `downloaded: {file: "a picture", by: [alice, carol]}`
    """

    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.attachments,)

    file: Annotated[str, Checked(as_bytes)]
    """Text, or bytes in hex after `hex:`."""
    by: tuple[ClientRef, ...]
    """Nobody if the list is empty."""

    def check(self, context: Context, before: Any) -> None:
        """Look into every client's log."""
        expected = sorted(context.session.client(name).name for name in self.by)
        found = sorted(client.name for client in context.session.clients if _has(client.events, as_bytes(self.file)))
        if found != expected:
            raise Unmet(f"{', '.join(expected) or 'nobody'} to have the file", f"{', '.join(found) or 'nobody'} has it")


def _has(events: Any, file: bytes) -> bool:
    return any(isinstance(event, DownloadedEvent) and event.data == file for event in events)
