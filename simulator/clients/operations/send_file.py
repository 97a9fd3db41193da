"""Sending a message that refers to a file."""

from dataclasses import replace

from simulator.clients.client_state import ClientState
from simulator.clients.downloads import attachments_of
from simulator.clients.events.events import Sent
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass
from simulator.drafts.requests.answers import as_asked
from simulator.services import commands
from simulator.services.results import UploadedFile


@dataclass(frozen=True, slots=True)
class SendFile:
    """`data` is what the members are to read, `file` what they can download beside it."""

    group: str
    data: bytes
    file: bytes

    async def prepare(self, state: ClientState) -> Prepared:
        """Encrypt the file and let the client's own provider keep it, then write the message. Raises Misuse in a draft
        without files, Refusal where the provider does not take it.
        """
        attachments = attachments_of(state)
        state.group(self.group)
        sealed = attachments.seal(self.file, state.rand)
        request = replace(attachments.upload(sealed, state.uri), client=state.uri, user=state.user)
        answer = await state.home.submit(request)
        uploaded = as_asked(answer, UploadedFile, f"{request.recipient} did not answer where it keeps the file")
        group = state.group(self.group)
        content = attachments.wrap(self.data, sealed, uploaded, group, state.rand)
        message, state.groups[self.group] = group.encrypt(content.data, state.rand, content.authenticated_data)
        outgoing = state.write_as_member(commands.SendMessage(message), group)
        return Prepared(self.group, outgoing, event=Sent(self.group, group.epoch, self.data))
