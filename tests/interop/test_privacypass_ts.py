"""Cloudflare's privacypass-ts gets tokens and redeems them here, and we get and redeem its own; over HTTPS.

`make privacypass-ts` installs it; `make test` needs no npm.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pytest

from simulator.codec import decode
from simulator.drafts.mimi_transport_00.messages.key_packages import ConnectionKeyPackageResponse
from simulator.drafts.mls_profile import CONNECTION
from simulator.drafts.requests.requester import Requester
from simulator.federation import Session
from simulator.net import Address
from simulator.privacy_pass.directory import Per
from simulator.services import provider_keys
from simulator.services.commands import FetchKeyPackages
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.settings import TokenSettings
from tests.interop.privacypass_ts import gateway, run, why_missing
from tests.provider.paying_federation import BEN, BOB, HOUR, LOOKUP, NOW, PROTECTED, asked, paying

MISSING = why_missing()
pytestmark = pytest.mark.skipif(MISSING is not None, reason=str(MISSING))

REQUEST_URIS = {"absolute": "https://b.example/issue", "relative": "/issue"}


@contextmanager
def ca_file(session: Session) -> Iterator[str]:
    """The certificate of the federation's authority, as a file."""
    with NamedTemporaryFile(suffix=".pem") as file:
        Path(file.name).write_bytes(session.authority.certificate_pem)
        yield file.name


def ports(session: Session, *names: str) -> dict[str, int]:
    """Where names are served."""
    found = {name: session.network.lookup(name) for name in names}
    return {name: address.port for name, address in found.items() if address is not None}


def lookup(session: Session, target: str) -> str:
    """A request of a.example for KeyPackages of a user, in the name of nobody, in hex."""
    command = FetchKeyPackages("", target, CONNECTION)
    sign = session.provider("a").executor.do(provider_keys.sign_as_provider)
    return session.draft.write_fetch(command, Requester("a.example", sign)).body.hex()


async def client_gets_and_redeems(session: Session, *, quoted: bool, holder: bytes | None = None) -> dict[str, Any]:
    """What comes of `client.mjs`, as a program of a.example, at b.example."""
    seed = session.provider("a").executor.do(provider_keys.own_key).private_key
    with ca_file(session) as ca:
        plan = {
            "ports": ports(session, "b.example", "ds.b.example"),
            "ca": ca,
            "url": f"https://ds.b.example{session.draft.named(LOOKUP).path}",
            "media_type": session.draft.named(LOOKUP).media_type,
            "body": lookup(session, BOB),
            "other": lookup(session, BEN),
            "provider": "a.example",
            "seed": seed.hex(),
            "now": NOW,
            "quoted": quoted,
            "holder": None if holder is None else holder.hex(),
        }
        found: dict[str, Any] = await run("client.mjs", plan)
        return found


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize("per", Per)
async def test_its_client_gets_and_redeems_ours(per: Per, quoted: bool) -> None:
    """Values of fields are quoted or not; budgets are per provider or per user."""
    async with paying(origin=replace(PROTECTED, issues=IssuerBudget(per, 8, HOUR))) as session:
        holder = b"h" * 32 if per is Per.user else None
        found = await client_gets_and_redeems(session, quoted=quoted, holder=holder)
        assert (found["listed"], found["origins"]) == (True, ["ds.b.example"])
        assert 0 < found["maxAge"] <= HOUR
        statuses = {name: found[name]["status"] for name in ("first", "paid", "again", "elsewhere", "next")}
        assert statuses == {"first": 401, "paid": 200, "again": 200, "elsewhere": 401, "next": 200}
        assert found["paid"]["body"] == found["again"]["body"] != found["next"]["body"]
        assert decode(ConnectionKeyPackageResponse, bytes.fromhex(found["paid"]["body"]))
        assert "PrivateToken" in found["elsewhere"]["challenge"]
        rows = session.provider("b").own_rows()
        assert (len(rows["issued_tokens"]), len(rows["spent_tokens"])) == (2, 2)


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize("uri", REQUEST_URIS)
async def test_we_get_and_redeem_its_own(uri: str, quoted: bool) -> None:
    async with paying(TokenSettings(), TokenSettings()) as session:
        found = await through_gateway(session, REQUEST_URIS[uri], quoted=quoted)
        assert found == {"directories": 1, "issued": 4, "holders": [], "challenged": 1, "redeemed": 2, "refused": []}


async def test_we_get_and_redeem_its_own_for_each_user_of_a_crowd() -> None:
    budget = {"per": "user", "tokens": 8, "period": HOUR}
    async with paying(TokenSettings(crowd=2), TokenSettings()) as session:
        found = await through_gateway(session, "/issue", quoted=True, budget=budget)
        assert (found["issued"], found["redeemed"], found["refused"]) == (2, 2, [])
        assert len(set(found["holders"])) == 2


async def through_gateway(
    session: Session, request_uri: str, *, quoted: bool, budget: dict[str, Any] | None = None
) -> dict[str, Any]:
    """alice and bert ask b.example for connections, which is behind `gateway.mjs`; what that has done."""
    a, b = session.provider("a"), session.provider("b")
    with ca_file(session) as ca:
        plan = {
            "ports": ports(session, "b.example", "ds.b.example"),
            "ca": ca,
            "certificate": b.identity.pem.decode(),
            "issuer": "b.example",
            "origin": "ds.b.example",
            "request_uri": request_uri,
            "request_path": "/issue",
            "protected": session.draft.named(LOOKUP).path,
            "max_age": HOUR,
            "quoted": quoted,
            "budget": budget,
            "provider": "a.example",
            "public_key": a.executor.do(provider_keys.own_key).public_key.hex(),
        }
        async with gateway(plan) as before:
            for name in ("b.example", "ds.b.example"):
                session.network.bind(name, Address("127.0.0.1", before.port))
            await session.client("alice.phone").request_connection(BOB)
            await session.client("bert.phone").request_connection(BEN)
            await session.settle()
            found: dict[str, Any] = await before.end()
    assert asked(session).count((LOOKUP, 200)) == 2
    return found
