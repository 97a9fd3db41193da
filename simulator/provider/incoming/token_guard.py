"""What a provider does with the tokens that are presented at its protected endpoints."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial

from simulator.drafts.requests.call import Call
from simulator.drafts.requests.endpoint import Answer, Ask, Endpoint, HTTPRefusal, Reply
from simulator.privacy_pass.authorization import read_authorization
from simulator.privacy_pass.errors import InvalidDirectory, PrivacyPassError
from simulator.privacy_pass.rsa import PublicKey
from simulator.privacy_pass.token import Token
from simulator.provider.incoming.request_handler import AnsweredMeanwhile
from simulator.provider.outgoing.token_directories import DirectoryCopies, NoDirectory
from simulator.provider.service_executor import ServiceExecutor
from simulator.rules import KEEPS_NOTHING, enforced_by, refuse, within
from simulator.services.refusal import Code, Refusal, rule
from simulator.services.service_context import ServiceContext
from simulator.services.tokens import redeeming
from simulator.services.tokens.issuer_keys import verifying_keys
from simulator.services.tokens.issuing import present_keys
from simulator.services.tokens.origin import keys_of, needs_renewal, presented
from simulator.services.tokens.refusals import TOKEN_CODES
from simulator.services.tokens.settings import TokenSettings
from simulator.services.tokens.spending import request_digest

ISSUER = rule(
    "PP-DIRECTORY-1",
    Code.sender_unverifiable,
    None,
    part="ISSUER",
    essential="there is no key to verify tokens with",
)


class TokenGuard:
    """An origin of Privacy Pass. Asks the issuer for its keys where that is somebody else."""

    def __init__(self, settings: TokenSettings, executor: ServiceExecutor, directories: DirectoryCopies) -> None:
        self._settings = settings
        self._executor = executor
        self._directories = directories

    def protects(self, endpoint: Endpoint | None) -> bool:
        """Whether a token is demanded at an endpoint."""
        return endpoint is not None and endpoint.protectable and endpoint.name in self._settings.protects

    async def check(self, call: Call) -> None:
        """See `Server.check_token`. Its refusals have challenges."""
        try:
            token = await self._presented(call.request.all("authorization"))
            find = partial(redeeming.answer_before, token, _digest(call), _operation(call))
            call.kept = self._executor.do(find)
        except Refusal as refusal:
            raise self._challenged(refusal) from refusal
        call.token = token

    def spend(self, call: Call) -> None:
        """See `Server.spend_token`."""
        if call.token is not None:
            spend = partial(redeeming.spend, call.token, _digest(call), _operation(call), self._settings)
            self._executor.do(spend)
            call.spent = True

    def settling(self, call: Call, action: Callable[[ServiceContext], Answer | Ask]) -> Callable[..., Answer | Ask]:
        """The same action for a request that is paid for: its answer is kept in its own transaction. Raises
        AnsweredMeanwhile.
        """
        token = call.token
        if token is None or not call.spent:
            return action

        def perform(context: ServiceContext) -> Answer | Ask:
            before = redeeming.answered_meanwhile(token, context)
            if before is not None:
                raise AnsweredMeanwhile(before)
            answer = action(redeeming.with_payment(context))
            if isinstance(answer, Answer):
                redeeming.settle(token, answer.reply.status, answer.reply.body, context)
            return answer

        return perform

    def refused(self, call: Call, reply: Reply) -> None:
        """Keep a refusal of what was paid for."""
        if call.token is not None and call.spent:
            self._executor.do(partial(redeeming.settle, call.token, reply.status, reply.body))

    async def _presented(self, fields: Sequence[str]) -> Token:
        keys = await self._keys(fields)
        origin = self._executor.do(partial(redeeming.origin, self._settings))
        return presented(fields, origin, keys, self._executor.context().now)

    async def _keys(self, fields: Sequence[str]) -> Mapping[bytes, PublicKey]:
        """Those that tokens are verified with. Raises Refusal sender_unverifiable."""
        issuer = self._settings.issuer
        if issuer is None:
            return verifying_keys(self._executor.do(partial(present_keys, self._settings.window)))
        if not fields:
            return {}
        try:
            with within(ISSUER.id):
                kept = await self._directories.of(issuer)
            with suppress(PrivacyPassError), enforced_by(KEEPS_NOTHING):
                token = read_authorization(fields)
                if needs_renewal(token, kept, self._executor.context().elapsed):
                    kept = await self._directories.of(issuer, renew=True)
        except (NoDirectory, InvalidDirectory) as why:
            refuse(ISSUER, f"tokens can't be verified: {why}", why)
        return keys_of(kept.directory)

    def _token_key(self, context: ServiceContext) -> bytes | None:
        """What tokens are to be made with now, if that is known."""
        issuer = self._settings.issuer
        if issuer is None:
            return present_keys(self._settings.window, context)[0].token_key
        kept = context.store.token_directories.get(issuer)
        key = None if kept is None else kept.directory.current_key(context.now)
        return None if key is None else key.token_key

    def _challenged(self, refusal: Refusal) -> Refusal:
        if refusal.code not in TOKEN_CODES:
            return refusal

        def challenges(context: ServiceContext) -> tuple[str, ...]:
            return redeeming.challenges(self._settings, self._token_key(context), context)

        headers = tuple(("www-authenticate", value) for value in self._executor.do(challenges))
        challenged = HTTPRefusal(refusal.code, refusal.rule, refusal.section, status=401, headers=headers)
        challenged.rules = refusal.rules
        return challenged


def _digest(call: Call) -> bytes:
    return request_digest(call.request.path, call.request.body)


def _operation(call: Call) -> str:
    return call.endpoint.name if call.envelope is None else call.envelope.operation
