"""How a provider gets tokens: one after the other, from the issuer, for itself or for each user of a crowd."""

from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import urlsplit

from simulator.codec import encode
from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.drafts.requests.endpoint import Reply
from simulator.errors import SimulatorError
from simulator.mls.crypto.signature import Ed25519
from simulator.net import TimedOut, TransportError
from simulator.net.failpoint import Failpoint
from simulator.printable import printable
from simulator.privacy_pass.challenge import challenge_digest
from simulator.privacy_pass.directory import Per, request_url
from simulator.privacy_pass.errors import PrivacyPassError
from simulator.privacy_pass.following import KeptDirectory
from simulator.privacy_pass.issuance import REQUEST_TYPE, RESPONSE_TYPE, PendingToken, finalize, read_response
from simulator.privacy_pass.message_signature import Headers, RequestTarget, attest, holder_headers
from simulator.privacy_pass.redemption_context import window
from simulator.privacy_pass.token import Token
from simulator.provider.failpoints import Failpoints
from simulator.provider.outgoing.single_flight import SingleFlight
from simulator.provider.outgoing.token_directories import DirectoryCopies, Request
from simulator.provider.service_executor import ServiceExecutor
from simulator.provider.work_tracker import WorkTracker
from simulator.rules import Rule, check, enforced_by, refuse
from simulator.services import provider_keys
from simulator.services.refusal import Code, ReceivedRefusal, Refusal
from simulator.services.service_context import ServiceContext
from simulator.services.tokens import paying
from simulator.services.tokens.fetching import Holder, holders
from simulator.services.tokens.issuer_words import OPERATION, REQUEST_URI
from simulator.services.tokens.settings import TokenSettings
from simulator.storage import KnownChallenge

OK, BAD_REQUEST, UNPROCESSABLE = 200, 400, 422


class _AsSaid(ReceivedRefusal):
    """An issuer's refusal, whose words say already what was refused, and by whom."""

    def __str__(self) -> str:
        return self.rule or str(self.code)


class NoTokens(SimulatorError):
    """An issuer gives no token now."""


class OldKey(NoTokens):
    """An issuer does not sign with this key."""


class Unanswered(NoTokens):
    """An issuer does not answer in time."""


ANSWERED = Rule("PP-ISSUE-4", NoTokens, "ANSWER", "there is no token")
TYPED = Rule("PP-ISSUE-4", NoTokens, "MEDIA-TYPE")
IN_TIME = Rule("PP-ISSUE-4", Unanswered, "IN-TIME", "there is no token")
KEY_TAKEN = Rule("PP-ISSUE-2", OldKey, "ANSWER", "there is no token")
DUE_KEY = Rule("PP-DIRECTORY-1", NoTokens, "DUE", "there is no key")


@dataclass(frozen=True, slots=True)
class _Round:
    """What came of asking for tokens together."""

    got: int
    failed: Mapping[str | None, SimulatorError]
    """By user; None where tokens are anybody's."""

    def got_for(self, user: str) -> int:
        """How many came, if one can be for this user. Raises what kept it from that."""
        own = self.failed.get(user, self.failed.get(None))
        if own is not None and (not self.got or user in self.failed):
            raise own
        return self.got


class TokenFetcher:
    """One provider's. A token request that got no answer is made again in the same octets, which the issuer does not
    count. For a challenge there is one round at a time for the provider, or for each crowd of its users.
    """

    def __init__(
        self,
        settings: TokenSettings,
        draft: Draft,
        executor: ServiceExecutor,
        directories: DirectoryCopies,
        request: Request,
        work_tracker: WorkTracker,
        failpoints: Failpoints,
    ) -> None:
        self._settings = settings
        self._draft = draft
        self._executor = executor
        self._directories = directories
        self._request = request
        self._failpoints = failpoints
        self._rounds: SingleFlight[_Round] = SingleFlight(work_tracker)

    async def round(self, known: KnownChallenge, issuer: str, user: str) -> int:
        """Get tokens for a challenge, so that this user has one; how many came. They are in the wallet then.

        Raises NoTokens, PrivacyPassError, and the Refusal rate_limited of an issuer whose budget is used up.
        """
        with enforced_by(self._executor.enforcement):
            kept = await self._directories.of(issuer)
            asked = self._holders(kept, issuer, user)
            together = " ".join(sorted({holder.user or "" for holder in asked}))
            name = f"{challenge_digest(known.challenge).hex()} {together}"
            ended = await self._rounds.ask(name, partial(self._round, known, issuer, kept, asked))
        return ended.got_for(user)

    async def _round(self, known: KnownChallenge, issuer: str, kept: KeptDirectory, asked: Sequence[Holder]) -> _Round:
        got, failed = 0, dict[str | None, SimulatorError]()
        for place, holder in enumerate(asked):
            try:
                await self.one(known, issuer, kept, holder)
            except (NoTokens, PrivacyPassError, Refusal) as why:
                failed[holder.user] = why
                if holder.user is None or isinstance(why, Unanswered):  # the others would wait as long
                    failed |= dict.fromkeys((each.user for each in asked[place:]), why)
                    break
                continue
            got += 1
        return _Round(got, failed)

    def _holders(self, kept: KeptDirectory, issuer: str, user: str) -> Sequence[Holder]:
        budget = kept.directory.budget
        if budget is None or budget.per is Per.provider:
            return holders(Per.provider, user, (), 1, issuer, window(1, 0), b"")

        def found(context: ServiceContext) -> Sequence[Holder]:
            users, key = context.store.users.all(), paying.holder_key(context)
            this = window(budget.period, context.now)
            crowd = self._settings.crowd
            return holders(budget.per, user, users, crowd, issuer, this, key) if user in users else ()

        return self._executor.do(found)

    async def one(self, known: KnownChallenge, issuer: str, kept: KeptDirectory, holder: Holder) -> None:
        """Get one token for a challenge; it is in the wallet then. Raises as `round`."""
        try:
            await self._ask(known, issuer, kept, holder)
        except OldKey:
            renewed = await self._directories.of(issuer, renew=True)
            if renewed == kept:
                raise
            await self._ask(known, issuer, renewed, holder)

    async def _ask(self, known: KnownChallenge, issuer: str, kept: KeptDirectory, holder: Holder) -> None:
        """Ask for a token; it is in the wallet then.

        It stays asked for until there is an answer to what is asked, and not only to who asks, when and how often: it
        may have been issued before, and is free then.
        """
        key = self._key(known, kept)
        pending = self._executor.do(partial(paying.pending_token, known, key, holder.user))
        self._failpoints.reached(Failpoint.ASKING, OPERATION)
        reply = await self._exchange(issuer, request_url(issuer, kept.directory), encode(pending.request), holder)
        self._failpoints.reached(Failpoint.ASKED, OPERATION)
        if reply.status not in (OK, BAD_REQUEST, UNPROCESSABLE):
            self._check_budget(reply, issuer)
            refuse(ANSWERED, f"{issuer} gives no token (HTTP {reply.status})")
        give_up = partial(paying.give_up, pending, holder.user)
        try:
            token = self._token(pending, reply, issuer)
        except SimulatorError:
            self._executor.do(give_up)
            raise

        def keep(context: ServiceContext) -> None:
            give_up(context)
            paying.keep(known, issuer, token, holder.user, context)

        self._executor.do(keep)

    async def _exchange(self, issuer: str, url: str, body: bytes, holder: Holder) -> Reply:
        headers = self._attested(issuer, urlsplit(url).path, body, holder.pseudonym)
        try:
            return await self._request(
                "POST",
                url,
                body,
                content_type=REQUEST_TYPE,
                headers=tuple(headers),
                endpoint=OPERATION,
                recipient=issuer,
            )
        except TransportError as why:
            rule = IN_TIME if isinstance(why, TimedOut) else ANSWERED
            refuse(rule, f"{issuer} gave no answer: {why}", why)

    def _attested(self, issuer: str, path: str, body: bytes, holder: bytes | None) -> Headers:
        """What says who asks: a signature or, where providers sign nothing, what the draft has for that."""
        sender = self._draft.sender
        if sender is None:
            return self._executor.do(partial(_attest, issuer, path, body, holder))
        return (*sender.headers(self._executor.provider), *holder_headers(holder))

    def _token(self, pending: PendingToken, reply: Reply, issuer: str) -> Token:
        if reply.status == UNPROCESSABLE:
            refuse(KEY_TAKEN, f"{issuer} can't answer the token request (HTTP {reply.status})")
        if reply.status != OK:
            refuse(ANSWERED, f"{issuer} gives no token (HTTP {reply.status})")
        found = (reply.header("content-type") or "").strip().lower()
        check(TYPED, found == RESPONSE_TYPE, f"{issuer} answers with {printable(found, 60) or 'no content type'}")
        return finalize(pending, read_response(reply.body))

    def _check_budget(self, reply: Reply, issuer: str) -> None:
        """Raises the issuer's Refusal rate_limited, if it is one."""
        refusal = self._draft.refusals.read(reply)
        if refusal is not None and refusal.code == Code.rate_limited:
            raise _AsSaid(refusal.code, refusal.rule, retry_after=refusal.retry_after).named(OPERATION, issuer)

    def _key(self, known: KnownChallenge, kept: KeptDirectory) -> bytes:
        """The key of the challenge, which is in the directory; the directory's where it has none."""
        if known.token_key is not None:
            return known.token_key
        key = kept.directory.current_key(self._executor.context().now)
        if key is None:
            refuse(DUE_KEY, "the issuer has no key yet")
        return key.token_key


def _attest(issuer: str, path: str, body: bytes, holder: bytes | None, context: ServiceContext) -> Headers:
    """Sign as this provider. `content-type` is among what is signed, and the request has it anyway."""
    seed = provider_keys.own_key(context).private_key
    target = RequestTarget(issuer, path or REQUEST_URI, body)
    signed = attest(target, context.provider, context.now, partial(Ed25519().sign, seed), holder)
    return tuple(field for field in signed if field[0] != "content-type")
