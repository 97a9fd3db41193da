"""How what went wrong reads in JSON: `{"error": a word for programs, "message": a sentence for people, ...}`."""

from typing import Any

from simulator.clients import NoRequest, NoSuchMember, NotAMember, SubstitutedKeyPackage
from simulator.dataclass import dataclass
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.errors import SimulatorError
from simulator.federation.control.operator import NotFound
from simulator.federation.external_provider import Unsupported
from simulator.federation.session import UnknownName
from simulator.machine import MachineFailure
from simulator.mls.errors import MLSError
from simulator.net import TransportError
from simulator.services.names import BadName
from simulator.services.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Row:
    """One sort of error."""

    kind: type[Exception]
    status: int
    word: str | None
    """None: the error has a word of its own."""
    about: str


ROWS = (
    Row(Refusal, 409, None, "a provider refused: its code, and where known `provider`, `section`, `current_epoch`"),
    Row(MLSError, 409, None, "the client itself refused: the rule of MLS that was broken, and its `section`"),
    Row(SubstitutedKeyPackage, 409, None, "a provider handed out KeyPackages that are not those asked for"),
    Row(NotFound, 404, "unknown_name", "nobody is called that; `nearest` is what was probably meant"),
    Row(UnknownName, 404, "unknown_name", "nothing is called that"),
    Row(NotAMember, 404, "unknown_group", "the client is not in that group"),
    Row(NoSuchMember, 404, "unknown_member", "nobody of that name is in the group"),
    Row(NoRequest, 404, "no_request", "no connection request of that user waits"),
    Row(BadName, 400, "bad_name", "a URI that names no user, client or group"),
    Row(TransportError, 502, "no_answer", "another provider can't be reached, or did not answer"),
    Row(BadAnswer, 502, "bad_answer", "another provider answered what the draft does not allow"),
    Row(
        Unsupported,
        501,
        "unsupported",
        "only who runs an external provider can do that, or the draft lacks it",
    ),
    Row(SimulatorError, 409, "refused", "anything else that can't be done"),
)
"""The first row that fits is the one that counts."""


class BadRequest(SimulatorError):
    """A request that is refused before any action runs."""

    def __init__(self, status: int, word: str, message: str, *, nearest: str | None = None, allow: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.word = word
        self.nearest = nearest
        self.allow = allow
        """The method that is taken, where another one was used."""


def status_of(error: SimulatorError) -> int:
    """The HTTP status of an error."""
    return error.status if isinstance(error, BadRequest) else _row(error).status


def body_of(error: SimulatorError) -> dict[str, Any]:
    """The JSON of an error; what is not known is left out."""
    if isinstance(error, BadRequest):
        word: str | None = error.word
    else:
        word = _row(error).word
    body = {"error": word or _own_word(error), "message": str(error)}
    for extra in ("nearest", "provider", "section", "current_epoch", "retry_after"):
        value = getattr(error, extra, None)
        if value is not None:
            body[extra] = value
    return body


def fault_body(error: Exception) -> dict[str, Any]:
    """The JSON of a failure of the simulator itself."""
    message = f"the simulator itself failed, not your request: {type(error).__name__}: {error}"
    return {"error": "simulator_fault", "message": message}


def machine_body(failure: MachineFailure) -> dict[str, Any]:
    """The JSON of what this machine can't do."""
    return {"error": "machine_failure", "message": f"this machine can't do it, not your request: {failure}"}


def _row(error: SimulatorError) -> Row:
    return next(row for row in ROWS if isinstance(error, row.kind))


def _own_word(error: SimulatorError) -> str:
    return str(error.code) if isinstance(error, Refusal) else str(getattr(error, "rule", "refused"))
