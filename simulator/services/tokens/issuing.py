"""What an issuer remembers and decides, in its store."""

from simulator.privacy_pass.directory import Directory, Per
from simulator.privacy_pass.issuance import TokenResponse
from simulator.privacy_pass.message_signature import Attestation
from simulator.privacy_pass.token_keys import token_key_id
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.service_context import ServiceContext
from simulator.services.tokens.budgets import IssuerBudget, check_budget, issued_token
from simulator.services.tokens.issuer_keys import directory, maintained, rotated, signing_keys
from simulator.services.tokens.issuer_words import OPERATION
from simulator.services.tokens.token_requests import signed, to_be_signed
from simulator.storage import IssuedToken, IssuerKey, Tally

ISSUED = Practice("TOKEN-ISSUED", Kind.issued, "A token is issued, and counted.")
ISSUED_AGAIN = Practice(
    "TOKEN-ISSUED-AGAIN", Kind.issued_again, "A request that is repeated is signed again, not counted."
)
ROTATED = Practice("TOKEN-KEY-ROTATED", Kind.key_rotated, "Another key makes tokens; the last one stays for a while.")


def present_keys(period: int, context: ServiceContext) -> tuple[IssuerKey, ...]:
    """The keys now, newest first; a first one is made, and one that is old enough replaced. `period` is that of the
    windows in which tokens are taken, in seconds.
    """
    had = context.store.issuer_keys.all()
    keys = maintained(had, context.now, period, context.rand)
    _remember(had, keys, context)
    return keys


def rotate(period: int, context: ServiceContext) -> None:
    """Make a new key before its time."""
    had = present_keys(period, context)
    _remember(had, rotated(had, context.now, context.rand), context)


def published(budget: IssuerBudget, period: int, context: ServiceContext) -> Directory:
    """What the issuer publishes now."""
    return directory(present_keys(period, context), budget)


def issue(
    attestation: Attestation, body: bytes, budget: IssuerBudget, period: int, context: ServiceContext
) -> TokenResponse:
    """Answer the token request of a provider that has signed it. Raises Refusal malformed, for which the status is 422,
    and rate_limited.
    """
    asked = to_be_signed(body, signing_keys(present_keys(period, context)))
    row = issued_token(attestation, asked.blinded_msg, budget, context.now)
    rows = context.store.issued_tokens
    tally = rows.tally(row)
    check_budget(budget, tally, context.now)
    rows.add(row)
    rows.forget(row.window)
    practice = ISSUED_AGAIN if tally.repeated else ISSUED
    words = "this request was answered before" if tally.repeated else counted(budget, tally, row)
    holder = {} if attestation.holder is None else {"holder": attestation.holder.hex()}
    context.decided(Decision(practice, words, OPERATION, peer=attestation.provider, details=holder))
    return signed(asked)


def counted(budget: IssuerBudget, tally: Tally, row: IssuedToken) -> str:
    """Which token of a budget it is that is issued now, where so many were issued before."""
    before = tally.to_holder if budget.per is Per.user else tally.to_provider
    most = "" if budget.most is None else f", {tally.to_provider + 1} of {budget.most} for the provider"
    return f"{before + 1} of {budget.tokens} in window {row.window}{most}"


def _remember(had: tuple[IssuerKey, ...], keys: tuple[IssuerKey, ...], context: ServiceContext) -> None:
    if keys == had:
        return
    context.store.issuer_keys.put(keys)
    if had and keys[0] != had[0]:
        new, old = (token_key_id(key.token_key).hex()[:8] for key in (keys[0], had[0]))
        context.decided(Decision(ROTATED, f"key {new} takes the place of key {old}"))
