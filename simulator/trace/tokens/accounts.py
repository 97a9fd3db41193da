"""What became of tokens in a run: the keys, what issuers issued against their budgets, what origins took and refused.

By the recorded bytes. Where an answer was lost, only events tell whether a token was issued or redeemed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import field

from simulator.dataclass import dataclass
from simulator.privacy_pass.directory import Budget, Directory
from simulator.privacy_pass.issuance import REQUEST_TYPE
from simulator.privacy_pass.message_signature import HOLDER
from simulator.privacy_pass.token_keys import token_key_id
from simulator.trace.events import Event, Exchange, ProtocolEvent
from simulator.trace.tokens.bodies import media_type
from simulator.trace.tokens.challenges import offered_keys, presented_tokens
from simulator.trace.tokens.fields import field_meanings
from simulator.trace.tokens.sentences import directory_in

_NOT_ANSWERED = 429
_REFUSED_TOKENS = ("token_required", "invalid_token", "token_spent")


@dataclass(frozen=True, slots=True)
class KeyAccount:
    """A key of an issuer, and what was done with it."""

    issuer: str
    key: str
    """Its id, in hex."""
    not_before: int | None
    """From when on tokens are made with it, in Unix seconds."""
    listed: int | None
    """The number of the exchange in which a directory first had it; None where none had it."""
    offered: int | None
    """The number of the exchange in which a challenge first had it; None where none had it."""
    issued: int
    redeemed: int


@dataclass(frozen=True, slots=True)
class BudgetAccount:
    """What an issuer has issued to a provider, or to one of its users, in a window."""

    issuer: str
    provider: str
    """Who has signed the requests."""
    holder: str | None
    """The pseudonym of a user, in hex; None where tokens are the provider's."""
    window: int | None
    """Its number; None where the issuer has published no budget."""
    issued: int
    """Repetitions are not counted."""
    budget: Budget | None
    refused: Mapping[str, int]
    """How many requests, by code."""


@dataclass(frozen=True, slots=True)
class OriginAccount:
    """What an origin did with requests at protected endpoints."""

    origin: str
    redeemed: int
    """How many different tokens have paid."""
    repeated: int
    """How many requests got the answer that was kept."""
    refused: Mapping[str, int]
    """How many requests, by code: those of tokens, and others in spite of a token."""


@dataclass(frozen=True, slots=True)
class TokenAccounts:
    """All of a run; nothing where there were no tokens."""

    keys: tuple[KeyAccount, ...]
    budgets: tuple[BudgetAccount, ...]
    origins: tuple[OriginAccount, ...]
    ignored: Mapping[tuple[str, str], int]
    """How many challenges a provider has not followed, by the provider and the rule."""

    def __bool__(self) -> bool:
        return bool(self.keys or self.budgets or self.origins or self.ignored)


def token_accounts(events: Iterable[Event]) -> TokenAccounts:
    """The accounts of a run, by its events in their order."""
    books = _Books()
    for event in events:
        if isinstance(event, Exchange):
            books.exchange(event)
        elif isinstance(event, ProtocolEvent):
            books.event(event)
    return books.closed()


@dataclass(slots=True)
class _Asked:
    """A token request."""

    row: tuple[str, str, str | None, int | None]
    """Issuer, provider, holder, window."""
    blinded: bytes
    truncated: int
    granted: bool


@dataclass(slots=True)
class _Key:
    not_before: int | None = None
    listed: int | None = None
    offered: int | None = None


@dataclass(slots=True)
class _Origin:
    redeemed: dict[str, str] = field(default_factory=dict)
    """The keys of tokens, by nonce."""
    repeated: int = 0
    refused: Counter[str] = field(default_factory=Counter)


class _Books:
    """What is counted, while it happens."""

    def __init__(self) -> None:
        self._directories: dict[str, Directory] = {}
        self._keys: dict[tuple[str, str], _Key] = {}
        self._asked: list[_Asked] = []
        self._waiting: dict[tuple[str, str, str | None], _Asked] = {}
        self._refused: defaultdict[tuple[str, str, str | None, int | None], Counter[str]] = defaultdict(Counter)
        self._origins: defaultdict[str, _Origin] = defaultdict(_Origin)
        self._ignored: Counter[tuple[str, str]] = Counter()

    def exchange(self, exchange: Exchange) -> None:
        directory = directory_in(exchange)
        if directory is not None:
            self._directories[exchange.to] = directory
            for key in directory.keys:
                row = self._key(exchange.to, key.token_key)
                row.not_before, row.listed = key.not_before, row.listed or exchange.number
        elif media_type(exchange.request_headers) == REQUEST_TYPE:
            self._request(exchange)
        else:
            self._presented(exchange)

    def _key(self, issuer: str, token_key: bytes) -> _Key:
        return self._keys.setdefault((issuer.lower(), token_key_id(token_key).hex()), _Key())

    def event(self, event: ProtocolEvent) -> None:
        details = event.details
        if event.kind == "Issued":
            asked = self._waiting.get((event.actor, event.peer or "", details.get("holder")))
            if asked is not None:
                asked.granted = True
        elif event.kind == "Redeemed" and "nonce" in details:
            self._origins[event.actor].redeemed[details["nonce"]] = details.get("key", "")
        elif event.kind == "Repeated":
            self._origins[event.actor].repeated += 1
        elif event.kind == "ChallengeIgnored":
            self._ignored[event.actor, details.get("rule", "")] += 1

    def _request(self, exchange: Exchange) -> None:
        said = {each.name: each.values for each in field_meanings(exchange.request_headers, b"", {})}
        signed = said.get("signature-input", {})
        provider, holder = signed.get("keyid", exchange.sender), said.get(HOLDER, {}).get("pseudonym")
        directory = self._directories.get(exchange.to)
        budget = None if directory is None else directory.budget
        window = None if budget is None else _window(signed.get("created", ""), budget.period)
        row = (exchange.to, provider, holder, window)
        if exchange.status not in (None, 200):
            self._refused[row][exchange.code or str(exchange.status)] += 1
            return
        asked = _Asked(row, exchange.request[3:], (exchange.request[2:3] or b"\0")[0], exchange.status == 200)
        self._asked.append(asked)
        self._waiting[row[:3]] = asked

    def _presented(self, exchange: Exchange) -> None:
        for challenge, key in offered_keys(exchange.response_headers):
            row = self._key(challenge.issuer, key)
            row.offered = row.offered or exchange.number
        found = presented_tokens(exchange.request_headers)
        if exchange.refused and (found or exchange.code in _REFUSED_TOKENS):
            self._origins[exchange.to].refused[exchange.code or str(exchange.status)] += 1
        status = exchange.status
        if status is None or status >= 500 or status == _NOT_ANSWERED or exchange.code in _REFUSED_TOKENS:
            return
        for token in found:
            if token is not None:
                self._origins[exchange.to].redeemed[token.nonce.hex()] = token.token_key_id.hex()

    def closed(self) -> TokenAccounts:
        issued = {(each.row, each.blinded): each for each in self._asked if each.granted}
        counts = Counter(row for row, _ in issued)
        made = Counter((each.row[0], each.truncated) for each in issued.values())
        used = Counter(key for each in self._origins.values() for key in each.redeemed.values())
        return TokenAccounts(
            tuple(
                KeyAccount(
                    issuer, key, row.not_before, row.listed, row.offered, made[issuer, int(key[-2:], 16)], used[key]
                )
                for (issuer, key), row in self._keys.items()
            ),
            tuple(
                BudgetAccount(*row, counts[row], self._budget(row[0]), dict(self._refused[row]))
                for row in sorted({*counts, *self._refused}, key=lambda row: tuple(map(str, row)))
            ),
            tuple(
                OriginAccount(origin, len(each.redeemed), each.repeated, dict(each.refused))
                for origin, each in sorted(self._origins.items())
            ),
            dict(sorted(self._ignored.items())),
        )

    def _budget(self, issuer: str) -> Budget | None:
        directory = self._directories.get(issuer)
        return None if directory is None else directory.budget


def _window(created: str, period: int) -> int | None:
    """The number of the window of a moment (Unix seconds); None where it is none."""
    return int(created) // period if created.isdecimal() and period > 0 else None
