"""Where other providers serve: their answers to discovery."""

import sqlite3

from simulator.dataclass import dataclass
from simulator.storage.read_often import ReadOften


@dataclass(frozen=True, slots=True)
class KeptDocument:
    """What a provider has published, as the draft encodes it, until `expires`, in elapsed seconds."""

    provider: str
    content: bytes
    expires: int


class Discovered:
    """One document per provider: the last we were told."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: ReadOften[str, KeptDocument] = ReadOften()

    def get(self, provider: str) -> KeptDocument | None:
        """What we know of a provider, expired or not."""
        return self._known.get(provider, self._read)

    def _read(self, provider: str) -> KeptDocument | None:
        row = self._db.execute("SELECT * FROM discovered WHERE provider = ?", (provider,)).fetchone()
        return None if row is None else KeptDocument(*row)

    def roll_back(self) -> None:
        """What was written last has not happened."""
        self._known.forget()

    def put(self, document: KeptDocument) -> None:
        """Remember a document in place of the last."""
        self._known.forget()
        row = (document.provider, document.content, document.expires)
        self._db.execute("INSERT OR REPLACE INTO discovered VALUES (?, ?, ?)", row)

    def remove(self, provider: str) -> None:
        """Forget where a provider is."""
        self._known.forget()
        self._db.execute("DELETE FROM discovered WHERE provider = ?", (provider,))
