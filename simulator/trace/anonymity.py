"""How many users can have paid for a request with a token, by all that some providers know together.

They know what they have got and sent: requests and answers as they came out of TLS. An issuer knows for which pseudonym
it has signed what, and when; an origin knows each token, and to whom it has shown its challenge. What both know of one
token is matched by arithmetic (`simulator.privacy_pass.unlinkability`), so a key or a challenge that one user alone was
shown gives him away, whoever lies about it. That a holder may have used up all tokens is not taken into account.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from simulator.codec import DecodeError, decode
from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.privacy_pass import directory
from simulator.privacy_pass.authorization import read_authorization
from simulator.privacy_pass.challenge import challenge_digest
from simulator.privacy_pass.directory import Directory, read_directory
from simulator.privacy_pass.errors import PrivacyPassError
from simulator.privacy_pass.issuance import TokenRequest, TokenResponse
from simulator.privacy_pass.message_signature import RequestTarget, read_attestation, read_holder
from simulator.privacy_pass.rsa import PublicKey
from simulator.privacy_pass.token import Token
from simulator.privacy_pass.token_keys import read_token_key, token_key_id
from simulator.privacy_pass.unlinkability import SeenIssuance, possible_holders
from simulator.privacy_pass.www_authenticate import ChallengeOffer, read_offers
from simulator.trace.events import Exchange, Headers
from simulator.trace.header import Header

Users: TypeAlias = Mapping[str, Mapping[str, Collection[str]]]
"""By provider and user: the URIs that name the user."""


@dataclass(frozen=True, slots=True)
class Anonymity:
    """How many users can have paid."""

    users: int
    why: str
    """What narrows them down, or why nothing does; a sentence for people."""


def users_of(header: Header) -> Users:
    """All users that have clients in a run."""
    found: dict[str, dict[str, list[str]]] = {}
    for provider in header.providers:
        for client in provider.clients:
            uris = found.setdefault(provider.name, {}).setdefault(client.name.rpartition(".")[0], [])
            uris += [client.uri, client.uri.replace("/d/", "/u/", 1).rpartition("/")[0]]
    return found


def anonymity(exchanges: Sequence[Exchange], step: str, seen_by: Collection[str], users: Users) -> Anonymity:
    """How many users can have paid during a step (its label), by all that these providers (names) know together: of
    the whole run up to then, and of the step. Where several tokens were presented, the one that tells most counts.

    Raises SimulatorError where nobody paid.
    """
    inside = [each for each in exchanges if each.step == step]
    presented = [(each, token) for each in inside if (token := _token(each)) is not None]
    if not presented:
        raise SimulatorError(f"nobody paid with a token during {step}")
    known = _Known(exchanges, frozenset(seen_by), users)
    return min((known.of(exchange, token, inside) for exchange, token in presented), key=lambda each: each.users)


@dataclass(frozen=True, slots=True)
class _Known:
    """What some providers know together."""

    exchanges: Sequence[Exchange]
    seen_by: frozenset[str]
    users: Users

    def of(self, paid: Exchange, token: Token, inside: Sequence[Exchange]) -> Anonymity:
        """Of the request that a token came with."""
        if paid.sender in self.seen_by:
            return Anonymity(1, f"{paid.sender} knows for whom it asks")
        sender = self.users.get(paid.sender, {})
        named = [user for user, uris in sender.items() if any(_names(each, uris, self.seen_by) for each in inside)]
        if named:
            return Anonymity(len(named), f"they were told of {' and '.join(named)}")
        holders = self._holders(paid, token)
        if isinstance(holders, str):
            return Anonymity(len(sender), holders)
        return Anonymity(holders, f"the token can have been issued for {holders} holder{'s'[: holders != 1]}")

    def _holders(self, paid: Exchange, token: Token) -> int | str:
        """How many there are, or why they can't be told apart."""
        if paid.to not in self.seen_by:
            return f"{paid.to} alone has seen the token"
        shown = self._shown(paid, token)
        if shown is None:
            return f"{paid.to} has shown {paid.sender} no such challenge"
        issuer, since = shown
        if issuer not in self.seen_by:
            return f"{issuer} alone knows for whom it has issued the token"
        key = self._key(token, issuer)
        if key is None:
            return f"{issuer} has shown no such key"
        issued = self._issued(issuer, since, paid)
        periods = [budget.period for each in self._directories(issuer) if (budget := each.budget) is not None]
        if not issued or not periods:
            return f"{issuer} has issued tokens for {paid.sender}, not for its users"
        windows: dict[int, list[SeenIssuance]] = {}
        for at, seen in issued:
            windows.setdefault(at // max(periods[-1], 1), []).append(seen)
        fitting = max(len(possible_holders(key, each, token)) for each in windows.values())  # others in each window
        return fitting or f"{issuer} has issued nothing to {paid.sender} that fits the token"

    def _offers(self, origin: str) -> Iterator[tuple[Exchange, ChallengeOffer]]:
        for each in self.exchanges:
            if each.to == origin:
                yield from (
                    (each, offer) for offer in read_offers(_all(each.response_headers, "www-authenticate")).usable
                )

    def _shown(self, paid: Exchange, token: Token) -> tuple[str, int] | None:
        """The issuer that a challenge names, and the exchange in which the payer has first got it."""
        for each, offer in self._offers(paid.to):
            if each.sender == paid.sender and challenge_digest(offer.challenge) == token.challenge_digest:
                return offer.challenge.issuer.lower(), each.number
        return None

    def _key(self, token: Token, issuer: str) -> PublicKey | None:
        """The key that a token names."""
        listed = [key.token_key for each in self._directories(issuer) for key in each.keys]
        offered = [offer.token_key for origin in self.seen_by for _, offer in self._offers(origin)]
        found = next((key for key in (*listed, *offered) if key and token_key_id(key) == token.token_key_id), None)
        try:
            return None if found is None else read_token_key(found)
        except PrivacyPassError:
            return None

    def _directories(self, issuer: str) -> Iterator[Directory]:
        for each in self.exchanges:
            if each.to == issuer and each.url.endswith(directory.PATH) and each.status == 200:
                try:
                    yield read_directory(each.response)
                except PrivacyPassError:
                    continue

    def _issued(self, issuer: str, since: int, paid: Exchange) -> list[tuple[int, SeenIssuance]]:
        """What the issuer has signed for users of whoever paid: from when the challenge was there until it was used,
        each with the moment that it was asked for.
        """
        found = []
        for each in self.exchanges:
            if each.to == issuer and each.sender == paid.sender and since < each.number < paid.number:
                asked = _asked(each)
                if asked is not None:
                    found.append(asked)
        return found


def _asked(exchange: Exchange) -> tuple[int, SeenIssuance] | None:
    """What was signed for a holder, and when it was asked for: in no particular moment where nobody has signed that it
    was asked for. Then all that was issued for one challenge counts as of one window.
    """
    headers = tuple((name.lower(), value) for name, value in exchange.request_headers)
    target = RequestTarget(exchange.recipient, "", exchange.request)
    if exchange.status != 200:
        return None
    try:
        request, response = decode(TokenRequest, exchange.request), decode(TokenResponse, exchange.response)
        signed = read_attestation(target, headers) if _all(headers, "signature-input") else None
        holder = read_holder(headers) if signed is None else signed.holder
    except (DecodeError, PrivacyPassError):
        return None
    if holder is None:
        return None
    return 0 if signed is None else signed.created, SeenIssuance(holder.hex(), request.blinded_msg, response.blind_sig)


def _token(exchange: Exchange) -> Token | None:
    try:
        return read_authorization(_all(exchange.request_headers, "authorization"))
    except PrivacyPassError:
        return None


def _names(exchange: Exchange, uris: Collection[str], providers: Collection[str]) -> bool:
    """Whether one of these providers has got any of these URIs in an exchange."""
    got = b""
    if exchange.to in providers:
        got += "\n".join((exchange.url, *(value for _, value in exchange.request_headers))).encode() + exchange.request
    if exchange.sender in providers:
        got += "\n".join(value for _, value in exchange.response_headers).encode() + exchange.response
    return any(uri.encode() in got for uri in uris)


def _all(headers: Headers, name: str) -> list[str]:
    return [value for each, value in headers if each.lower() == name]
