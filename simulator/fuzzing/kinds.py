"""In which environments a draft is fuzzed: they differ in HTTP version, cipher suite and mutual TLS."""

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.drafts.features import DraftFeature
from simulator.errors import Misuse


@dataclass(frozen=True, slots=True)
class Kind:
    """What environments differ in."""

    draft: str
    suite: int = 1
    http2: bool = False
    mutual_tls: bool = False
    """Said of drafts that leave it open."""

    def __str__(self) -> str:
        """By which findings and tables name it."""
        http = "HTTP/2" if self.http2 else "HTTP/1.1"
        return f"{self.draft}, {http}, suite {self.suite}{', mutual TLS' if self.mutual_tls else ''}"


def kinds_of(draft: Draft) -> tuple[Kind, ...]:
    """The environments in which a draft is fuzzed."""
    optional = DraftFeature.optional_mutual_tls not in draft.lacks
    return (
        Kind(draft.name),
        Kind(draft.name, http2=True),
        Kind(draft.name, suite=3, mutual_tls=optional),
    )


def kind_named(text: str) -> Kind:
    """The one that is written so. Raises Misuse, and UnknownDraft."""
    for kind in kinds_of(registry.named(text.partition(", ")[0])):
        if str(kind) == text:
            return kind
    raise Misuse(f'there is no environment "{text}"')
