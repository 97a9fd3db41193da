"""The story's federation with tokens, which pay for every lookup of KeyPackages for a connection; and what must be true
of them in the end, whatever has crashed.
"""

from dataclasses import replace
from hashlib import sha256
from typing import Any

from simulator.codec import decode
from simulator.drafts.mimi_transport_00.messages.key_packages import ConnectionKeyPackageResponse, KeyPackages
from simulator.drafts.mls_profile import CONNECTION
from simulator.federation import Session
from simulator.mls.joining.key_package_bundle import key_package_ref
from simulator.privacy_pass.directory import Per
from simulator.privacy_pass.issuance import TokenRequest
from simulator.provider import Provider
from simulator.services.limits.policy import DAY
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.settings import TokenSettings

LOOKUP = "connection_key_packages"
PERIOD = 20 * DAY
"""Of windows and budgets: longer than a story, so that nothing is forgotten before its end."""
BUDGET = 50
STOCK = 40
"""KeyPackages of each kind that each client has: more than any story takes."""


def settings() -> dict[str, TokenSettings]:
    """By provider: one issues to providers, one to users, and one takes the tokens of that."""
    pays = TokenSettings(protects=frozenset({LOOKUP}), window=PERIOD, unnamed=True, trusts=frozenset({"b.example"}))
    return {
        "a.example": replace(pays, issues=IssuerBudget(Per.provider, BUDGET, PERIOD)),
        "b.example": replace(pays, issues=IssuerBudget(Per.user, BUDGET, PERIOD)),
        "c.example": replace(pays, issuer="b.example"),
    }


def check(session: Session) -> int:
    """Whether each token that was issued is somewhere, each that was presented was taken, and each that was taken paid
    for one lookup, once; how many paid for something.
    """
    providers = session.providers
    for asker in providers:
        for issuer in providers:
            issued = {row[0] for row in _rows(issuer, "digest", "issued_tokens", "provider = ?", asker.name)}
            got = _rows(asker, "nonce", "wallet", "issuer = ?", issuer.name)
            waiting = issued & _asked_for(asker)
            assert len(issued) == len(got) + len(waiting), f"{issuer.name} has issued others than {asker.name} has"
        assert _rows(asker, "*", "payments") == [], f"{asker.name} does not know what came of a payment"
    return sum(_check_origin(origin, providers) for origin in providers)


def _check_origin(origin: Provider, askers: tuple[Provider, ...]) -> int:
    presented = [
        row
        for asker in askers
        for row in _rows(asker, "nonce", "wallet", "presented AND origin = ?", origin.service_host)
    ]
    spent = _rows(origin, "nonce, status, answer", "spent_tokens")
    assert sorted(presented) == sorted((nonce,) for nonce, _, _ in spent), (
        f"{origin.name} was shown others than it took"
    )
    assert {status for _, status, _ in spent} <= {200}, "a lookup was refused, or not answered"
    bodies = [decode(ConnectionKeyPackageResponse, answer).body for _, _, answer in spent]
    handed_out = [each for body in bodies if isinstance(body, KeyPackages) for each in body.key_packages]
    assert len({key_package_ref(each) for each in handed_out}) == len(handed_out), "two tokens got one KeyPackage"
    clients = [client for user in origin.executor.store.users.all() for client in _clients(origin, user)]
    left = sum(origin.remaining_key_packages(client, CONNECTION) for client in clients)
    assert left + len(handed_out) == STOCK * len(clients), f"{origin.name} has handed out more than was paid for"
    return len(spent)


def _clients(origin: Provider, user: str) -> tuple[str, ...]:
    return tuple(origin.executor.store.users.clients_of(user))


def _asked_for(asker: Provider) -> set[bytes]:
    """The digests of what did not come yet."""
    requests = [decode(TokenRequest, request) for (request,) in _rows(asker, "request", "pending_tokens")]
    return {sha256(request.blinded_msg).digest() for request in requests}


def _rows(provider: Provider, columns: str, table: str, where: str = "1", *values: str) -> list[Any]:
    statement = f"SELECT {columns} FROM {table} WHERE {where}"
    return list(provider.executor.store._db.execute(statement, values))
