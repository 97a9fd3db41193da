"""How a provider pays: with a token for each request that a peer wants one for."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from functools import partial
from typing import TypeAlias
from urllib.parse import urlsplit

from simulator.drafts.requests.endpoint import Outgoing, Reply
from simulator.errors import Misuse
from simulator.net.failpoint import Failpoint
from simulator.privacy_pass.authorization import write_authorization
from simulator.privacy_pass.directory import Per
from simulator.privacy_pass.errors import PrivacyPassError
from simulator.privacy_pass.following import AskedOrigin, KeptDirectory
from simulator.privacy_pass.www_authenticate import Offers, read_offers
from simulator.provider.failpoints import Failpoints
from simulator.provider.outgoing.single_flight import SingleFlight
from simulator.provider.outgoing.token_directories import DirectoryCopies, NoDirectory
from simulator.provider.outgoing.token_fetching import NoTokens, TokenFetcher
from simulator.provider.service_executor import ServiceExecutor
from simulator.provider.work_tracker import WorkTracker
from simulator.rules import Rule, enforced_by, refuse
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.refusal import Refusal
from simulator.services.service_context import ServiceContext
from simulator.services.tokens import paying
from simulator.services.tokens.payments import Outcome
from simulator.services.tokens.settings import TokenSettings
from simulator.services.tokens.spending import request_digest
from simulator.storage import KnownChallenge, Payment, WalletToken

Exchange: TypeAlias = Callable[[Outgoing], Awaitable[Reply]]

NO_TOKEN = Practice("TOKEN-NOT-HAD", Kind.gave_up, "Where no token can be had, the refusal stands as it came.")

IN_TIME = Rule("PP-CACHE-1", NoTokens, "IN-TIME", "no token for it could be presented")


class Payer:
    """One provider's wallet, and who fills it. What hangs delays only requests that need its tokens."""

    def __init__(
        self,
        settings: TokenSettings,
        executor: ServiceExecutor,
        directories: DirectoryCopies,
        fetcher: TokenFetcher,
        work_tracker: WorkTracker,
        failpoints: Failpoints,
    ) -> None:
        self._settings = settings
        self._executor = executor
        self._directories = directories
        self._fetcher = fetcher
        self._failpoints = failpoints
        self._sending: SingleFlight[Reply] = SingleFlight(work_tracker)

    async def send(self, outgoing: Outgoing, url: str, exchange: Exchange) -> Reply:
        """The answer to a request, for which a token pays where one is wanted. Raises as `exchange` does, and Refusal
        rate_limited where nothing is left of what this user may use, or of the budget that we have.

        Equal requests of a user go one after the other: what pays for one that is under way is no token for another.
        """
        digest = request_digest(outgoing.wire_request.path, outgoing.body)
        name = f"{outgoing.recipient} {digest.hex()} {outgoing.user or ''}"
        return await self._sending.turn(name, partial(self._send, outgoing, url, exchange))

    async def _send(self, outgoing: Outgoing, url: str, exchange: Exchange) -> Reply:
        asked = AskedOrigin(urlsplit(url).hostname or "", outgoing.recipient)
        user = outgoing.user or ""
        digest = request_digest(outgoing.wire_request.path, outgoing.body)
        payment, tried = self._executor.do(partial(paying.paid_before, user, digest, outgoing.operation)), None
        if payment is None:
            tried = self._expected(asked, outgoing, user)
            payment = None if tried is None else await self._pay(tried, outgoing, user, digest, 1)
        while True:
            since = self._executor.context().elapsed
            reply = await self._exchange(payment, outgoing, exchange)
            with enforced_by(self._executor.enforcement):
                offers = _offers(reply)
            if payment is not None:
                settle = partial(paying.settle_payment, payment, reply.status, offers is not None)
                if self._executor.do(settle) is not Outcome.replace:
                    return reply
            known = None if offers is None else self._follow(offers, asked, since, outgoing)
            if known is None or (payment is None and tried is not None and _same(known, tried)):
                return reply
            tokens = 1 if payment is None else payment.tokens + 1
            payment = await self._pay(known, outgoing, user, digest, tokens)
            if payment is None:
                return reply

    async def _exchange(self, payment: Payment | None, outgoing: Outgoing, exchange: Exchange) -> Reply:
        if payment is None:
            return await exchange(outgoing)
        self._failpoints.reached(Failpoint.PAYING, outgoing.operation)
        reply = await exchange(_with(payment, outgoing))
        self._failpoints.reached(Failpoint.PAID, outgoing.operation)
        return reply

    def _expected(self, asked: AskedOrigin, outgoing: Outgoing, user: str) -> KnownChallenge | None:
        """The origin's present challenge, if that is known and this endpoint has asked for a token. Raises Refusal
        rate_limited.
        """
        if not self._executor.do(partial(paying.asks, asked.host, outgoing.endpoint.name)):
            return None
        try:
            self._executor.do(partial(paying.check_granted, user, asked.host, self._settings))
        except Refusal as refusal:
            self._tell(refusal, outgoing)
            raise
        return self._executor.do(partial(paying.known_challenge, asked.host))

    def _follow(self, offers: Offers, asked: AskedOrigin, since: int, outgoing: Outgoing) -> KnownChallenge | None:
        """The first challenge that may be followed, as far as can be told without the issuer's directory."""

        def first(context: ServiceContext) -> KnownChallenge | None:
            for wrong in offers.ignored:
                paying.ignored(wrong, asked.provider, outgoing.operation, context)
            for offer in offers.usable:
                try:
                    return paying.follow(offer, asked, self._settings, since, context)
                except PrivacyPassError as wrong:
                    paying.ignored(wrong, asked.provider, outgoing.operation, context)
            return None

        return self._executor.do(first)

    async def _pay(
        self, known: KnownChallenge, outgoing: Outgoing, user: str, digest: bytes, tokens: int
    ) -> Payment | None:
        """A token for this challenge, written down with the request; None where the challenge is not followed, or no
        token can be had. Raises Refusal rate_limited.
        """
        issuer = known.challenge.issuer.lower()
        try:
            holder = await self._believe(known, issuer, user, outgoing.endpoint.name)
            found = await self._token(known, issuer, user, holder)
            if found is not None:
                return self._executor.do(partial(paying.pay, found, user, digest, tokens, self._settings))
        except PrivacyPassError as wrong:
            self._executor.do(partial(paying.ignored, wrong, outgoing.recipient, outgoing.operation))
        except (NoTokens, NoDirectory) as why:
            decision = Decision(NO_TOKEN, str(why), outgoing.operation, peer=issuer)
            self._executor.decided(decision)
        except Refusal as refusal:
            self._tell(refusal, outgoing)
            raise
        return None

    async def fetch(self, origin: str, users: Collection[str]) -> int:
        """Get tokens for the present challenge of an origin (host) before these users (URIs) need any; how many came.

        Raises Misuse where it has shown none, NoDirectory, PrivacyPassError, and as `TokenFetcher.round`.
        """
        known = self._executor.do(partial(paying.known_challenge, origin))
        if known is None:
            raise Misuse(f"{origin} has shown no challenge that is not over")
        issuer, got = known.challenge.issuer.lower(), 0
        kept = await self._directories.of(issuer)
        self._executor.do(partial(paying.check_listed, known, issuer))
        for user in users:
            holder = _holder(kept, user)
            if self._executor.do(partial(paying.presentable_token, known, holder)) is None:
                got += await self._fetcher.round(known, issuer, user)
        return got

    async def _token(self, known: KnownChallenge, issuer: str, user: str, holder: str | None) -> WalletToken | None:
        """One from the wallet, which is filled where there is none; and once where too few users have one like it, as
        after an answer that was lost. Raises NoTokens, InvalidChallenge, and as `TokenFetcher.round`, where there is
        none in the end.
        """
        do, asked = self._executor.do, False
        while True:
            found = do(partial(paying.presentable_token, known, holder))
            if found is not None and (asked or do(partial(paying.is_in_crowd, found, self._settings))):
                return found
            self._check_good(known, issuer)
            asked = True
            try:
                if not await self._fetcher.round(known, issuer, user):
                    return found
            except (NoTokens, NoDirectory, PrivacyPassError, Refusal):
                if found is None:
                    raise

    def _check_good(self, known: KnownChallenge, issuer: str) -> None:
        """Whether a token for this challenge could still be presented: whoever gets more for one that is over, or for a
        key that is listed no more, never ends. Raises NoTokens and InvalidChallenge.
        """
        self._executor.do(partial(paying.check_listed, known, issuer))
        if self._executor.do(partial(paying.is_over, known)):
            refuse(IN_TIME, "the challenge was over before there was a token for it")

    async def _believe(self, known: KnownChallenge, issuer: str, user: str, endpoint: str) -> str | None:
        """Compare a challenge with the directory, and take it for the present one; for whom its tokens are."""
        kept = await self._directories.of(issuer)
        if known.token_key is not None and not kept.directory.lists(known.token_key):
            kept = await self._directories.of(issuer, renew=True)
        self._executor.do(partial(paying.believe, known, issuer, endpoint))
        return _holder(kept, user)

    def _tell(self, refusal: Refusal, outgoing: Outgoing) -> None:
        named = refusal.named(outgoing.operation, self._executor.provider)
        self._executor.event_log.refused(named, outgoing.user)


def _same(known: KnownChallenge, tried: KnownChallenge) -> bool:
    """Whether a challenge is one for which no token could be had a moment ago."""
    return (known.challenge, known.token_key) == (tried.challenge, tried.token_key)


def _holder(kept: KeptDirectory, user: str) -> str | None:
    """For whom an issuer's tokens are: the user, or anybody."""
    budget = kept.directory.budget
    return None if budget is None or budget.per is Per.provider else user


def _with(payment: Payment, outgoing: Outgoing) -> Outgoing:
    others = tuple(field for field in outgoing.headers if field[0] != "authorization")
    return replace(outgoing, headers=(*others, ("authorization", write_authorization(payment.token))))


def _offers(reply: Reply) -> Offers | None:
    """The challenges of an answer that is about a token; None for any other."""
    if reply.status != 401:
        return None
    offers = read_offers(value for name, value in reply.headers if name.lower() == "www-authenticate")
    return offers if offers.usable or offers.ignored else None
