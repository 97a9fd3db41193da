"""Files that messages refer to: a part that a draft may have.

seal      the sender encrypts the file
upload    its own provider keeps what comes of that, and says where
wrap      the message tells the members where that is, and how it is opened
download  a member asks for it, by way of the group's hub where the draft wants that
open      it is what the message said, and is decrypted
"""

from typing import Protocol

from simulator.dataclass import dataclass
from simulator.drafts.mls_profile import Content
from simulator.drafts.requests.endpoint import Outgoing
from simulator.errors import SimulatorError
from simulator.mls.crypto.randomness import Rand
from simulator.mls.group import Group
from simulator.services.results import UploadedFile


class BadFile(SimulatorError):
    """What a member must not take for the file that a message refers to; `rule` is a short stable slug, as in
    `MLSError.rule`, and `reason` the sentence without it.
    """

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(f"{reason} ({rule})")
        self.rule = rule
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file as it is uploaded, and what opens it, as the draft encodes that."""

    data: bytes
    opening: bytes


@dataclass(frozen=True, slots=True)
class Reference:
    """What a message says of a file, as the draft encodes it; who sent the message, and in which group (URIs)."""

    attachment: bytes
    sender: str
    group: str


class Attachments(Protocol):
    """A draft's way with files. Users, clients and groups are URIs."""

    def seal(self, file: bytes, rand: Rand) -> SealedFile:
        """Encrypt a file for whoever will be told how to open it."""
        ...

    def upload(self, sealed: SealedFile, client: str) -> Outgoing:
        """The request of a client to its own provider to keep a file. The answer is an UploadedFile."""
        ...

    def wrap(self, text: bytes, sealed: SealedFile, uploaded: UploadedFile, group: Group, rand: Rand) -> Content:
        """The application message in which a member says `text`, and where the file beside it is."""
        ...

    def download(self, reference: Reference, provider: str, now: int) -> Outgoing:
        """The request of a client of `provider` for the file. The answer is a DownloadedFile. Raises BadFile for what
        is not even asked for.
        """
        ...

    def open(self, reference: Reference, data: bytes) -> bytes:
        """The file, where what came is what the message refers to. Raises BadFile."""
        ...
