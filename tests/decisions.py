"""What was decided in a run, as its trace has it."""

from simulator.federation import Session
from simulator.trace import ProtocolEvent


def decisions(session: Session, since: int = 0) -> list[ProtocolEvent]:
    """All decisions of providers and clients, after the event with this number."""
    found = (event for event in session.recorder.events if isinstance(event, ProtocolEvent))
    return [event for event in found if event.requirement is not None and event.number > since]


def briefly(session: Session, *kinds: str) -> list[tuple[str, str, str | None, str | None]]:
    """Who decided what, and following which requirement; about which operation. Only those of some kinds, if given."""
    return [
        (event.name, event.kind, event.requirement, event.operation)
        for event in decisions(session)
        if not kinds or event.kind in kinds
    ]
