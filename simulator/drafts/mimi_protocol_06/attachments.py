"""Assets as clients use them: kept by the sender's provider, and downloaded by way of the room's hub ([P] 5.10)."""

from simulator.drafts.attachments import Reference, SealedFile
from simulator.drafts.mimi_protocol_06.binding.asset import write_asset, write_upload
from simulator.drafts.mimi_protocol_06.binding.proxy_download import write_proxy_download
from simulator.drafts.mimi_protocol_06.content import external_part
from simulator.drafts.mimi_protocol_06.content.franking_tag import authenticated_data, franking_tag
from simulator.drafts.mimi_protocol_06.content.mimi_content import SALT_SIZE, decode_part, encode_external
from simulator.drafts.mimi_protocol_06.names import room_of
from simulator.drafts.mimi_protocol_06.room.room_state import user_of
from simulator.drafts.mls_profile import Content
from simulator.drafts.requests.endpoint import Outgoing
from simulator.mls.crypto.randomness import Rand
from simulator.mls.group import Group
from simulator.services.members import client_of
from simulator.services.names import group_provider
from simulator.services.results import UploadedFile


class Assets:
    """The draft's Attachments."""

    def seal(self, file: bytes, rand: Rand) -> SealedFile:
        """With a key of its own."""
        return external_part.seal(file, rand)

    def upload(self, sealed: SealedFile, client: str) -> Outgoing:
        """To the client's provider, by no request that HTTPS could bring."""
        return write_upload(sealed.data, client)

    def wrap(self, text: bytes, sealed: SealedFile, uploaded: UploadedFile, group: Group, rand: Rand) -> Content:
        """MIMI content with one ExternalPart, which the text describes, and its franking tag beside it."""
        salt = rand("content_salt", SALT_SIZE)
        part = external_part.part_for(sealed, uploaded, text.decode(errors="replace"))
        content = encode_external(salt, user_of(client_of(group.own_leaf)), room_of(group.group_id), part)
        return Content(content, authenticated_data(franking_tag(salt, content)))

    def download(self, reference: Reference, provider: str, now: int) -> Outgoing:
        """To the room's hub; to the client's own provider where that has it."""
        part = decode_part(reference.attachment)
        place, asset = external_part.check_announced(part, user_of(reference.sender), now)
        if place == provider:
            return write_asset(asset, sender=provider, recipient=provider)
        return write_proxy_download(part.url, sender=provider, recipient=group_provider(reference.group.encode()))

    def open(self, reference: Reference, data: bytes) -> bytes:
        """Of the right size and hash, decrypted."""
        return external_part.opened(decode_part(reference.attachment), data)
