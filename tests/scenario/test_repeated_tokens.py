"""The same seed makes the same octets with tokens, too: headers and bodies, in both versions of HTTP, whether scenarios
run one after the other or side by side, and after restarts.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from simulator.drafts import DRAFTS
from simulator.federation import Session, Topology, open_session
from simulator.net import TransportError
from simulator.net.faults import DropAnswer, RequestMatch
from simulator.privacy_pass.directory import Per
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.settings import TokenSettings
from tests.cli.process import as_process
from tests.provider.paying_federation import BEN, BOB, HOUR, LOOKUP, NOW, PROTECTED, specs
from tests.scenario.shipped import FOLDER

SAID = ("authorization", "www-authenticate", "signature", "signature-input", "content-digest", "mimi-token-holder")


async def story(seed: int, *, http2: bool) -> list[tuple[object, ...]]:
    """What goes over the wire with tokens for users, a lost answer, and crashes of both providers."""
    origin = replace(PROTECTED, issues=IssuerBudget(Per.user, 8, HOUR), grease=True)
    topology = Topology(specs(TokenSettings(unnamed=True, crowd=2), origin), http2=http2)
    async with open_session(topology, seed=seed, now=NOW) as session:
        await session.client("alice.phone").request_connection(BOB)
        await restart(session, "b.example")
        await session.client("bert.phone").request_connection(BOB)
        session.inject(DropAnswer(where=RequestMatch(endpoint=LOOKUP)))
        with pytest.raises(TransportError):
            await session.client("alice.phone").request_connection(BEN)
        session.repair()
        await restart(session, "a.example")
        await session.client("alice.phone").request_connection(BEN)
        await session.settle()
        assert not session.faults
        return [
            (e.sender, e.endpoint, e.status, e.request, e.response, said(e.request_headers), said(e.response_headers))
            for e in session.recorder.exchanges
        ]


async def restart(session: Session, provider: str) -> None:
    await session.settle()
    await session.crash(provider)
    await session.start(provider)


def said(headers: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[name, value] for name, value in headers if name in SAID]


async def test_in_both_versions_of_http_and_after_restarts() -> None:
    first, again, other = [await story(seed, http2=False) for seed in (7, 7, 8)]
    assert sum(exchange[1] == "token_request" for exchange in first) >= 4
    assert first == again
    assert first == await story(7, http2=True)
    assert [exchange[:3] for exchange in first] == [exchange[:3] for exchange in other]
    paid = [[exchange[5] for exchange in run if exchange[1] == LOOKUP and exchange[5]] for run in (first, other)]
    assert len(paid[0]) == len(paid[1]) >= 3
    assert all(ours != theirs for ours, theirs in zip(*paid, strict=True))


def test_one_after_the_other_or_side_by_side(tmp_path: Path) -> None:
    names = ("fair-share", "first-contact", "rotation", "token-requests")
    files = [str(FOLDER / "tokens" / f"{name}.yaml") for name in names]
    runs = []
    for workers in ("1", "2"):
        folder = tmp_path / workers
        ended = as_process(
            "run", *files, "--draft", DRAFTS[0].name, "-j", workers, "--trace", str(folder), cwd=tmp_path
        )
        assert ended.code == 0, ended.err
        runs.append({file.name: exchanged(file) for file in sorted(folder.rglob("*.jsonl"))})
    assert len(runs[0]) == len(names)
    assert runs[0] == runs[1]


def exchanged(file: Path) -> list[list[object]]:
    """What a trace says of octets and headers."""
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    found = [fields for kind, fields in lines if kind == "exchange"]
    assert found
    return sorted(
        [e["sender"], e["endpoint"], e["request"], e["response"], e["request_headers"], said(e["response_headers"])]
        for e in found
    )
