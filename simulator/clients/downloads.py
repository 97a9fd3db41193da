"""Downloading the files to which messages refer."""

from dataclasses import replace

from simulator.clients.client_state import ClientState
from simulator.clients.events.events import Downloaded, Event, FileRejected, Received
from simulator.drafts.attachments import Attachments, BadFile, Reference
from simulator.drafts.requests.answers import as_asked
from simulator.errors import Misuse
from simulator.services.results import DownloadedFile


def attachments_of(state: ClientState) -> Attachments:
    """The draft's way with files. Raises Misuse in a draft without."""
    found = state.draft.attachments
    if found is None:
        raise Misuse(f"messages refer to no files in {state.draft.name}")
    return found


async def download(state: ClientState, events: list[Event], message: Received) -> bytes:
    """The file to which a message refers; `events` hears of it, and of one that must not be taken for it.

    Raises Misuse for a message that refers to none, BadFile, and Refusal, BadAnswer or TransportError.
    """
    attachments = attachments_of(state)
    if not message.attachment:
        raise Misuse(f"the message of {message.sender} refers to no file")
    reference = Reference(message.attachment, message.sender, message.group)
    try:
        request = attachments.download(reference, state.home.provider, state.now())
        answer = await state.home.submit(replace(request, client=state.uri, user=state.user))
        found = as_asked(answer, DownloadedFile, f"{request.recipient} did not answer with a file")
        file = attachments.open(reference, found.data)
    except BadFile as error:
        events.append(FileRejected(message.group, message.sender, error.rule, error.reason, error.rules))
        raise
    events.append(Downloaded(message.group, message.sender, file))
    return file
