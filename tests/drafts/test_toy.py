"""The proof that a draft is one folder and one line: `toy/`, which has a templated path, refuses with HTTP status 200,
has no provider keys, and whose handler asks a third provider before it answers.
"""

import base64
import gzip
import json
import re
import shutil
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from simulator.codec import encode
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.drafts.requests.endpoint import BadAnswer, Outgoing, Reply
from simulator.errors import Misuse
from simulator.federation import Session
from simulator.notebook import Federation
from simulator.services.commands import FetchKeyPackages
from simulator.services.refusal import Code, Refusal
from tests.cli.process import as_process, mimi_sim
from tests.federated import federation
from tests.own_drafts import forgotten, install

HERE = Path(__file__).parent
TOY = HERE / "toy"
SCENARIO, GOLDENS = "relay.yaml", "goldens"
CAROL = "mimi://c.example/u/carol"
ALICE = "mimi://a.example/u/alice"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    with forgotten():
        yield


@pytest.fixture
def draft() -> Draft:
    return registry.add(TOY)


@pytest.fixture
async def session(draft: Draft) -> AsyncIterator[Session]:
    async with federation(draft=draft.name) as running:
        yield running


def toy(*arguments: str, folder: Path = TOY) -> str:
    """What a command says, given the draft by path; what is about traces needs no draft."""
    of_traces = arguments[0] in ("report", "trace")
    ended = mimi_sim(*arguments, *(() if of_traces else ("--draft", "./")), cwd=folder)
    assert ended.code == 0, ended.err
    return ended.out


def question(session: Session, user: str, hops: int = 1, *, sender: str = "a.example") -> Outgoing:
    """A request of a provider to b.example."""
    endpoint, to = session.draft.named("keys"), "b.example"
    said = session.draft.honest(endpoint, sender, to, {"requester": ALICE, "target": user})
    assert endpoint.request is not None
    body = encode(endpoint.request(**{**said.fields, "hops": hops}))
    return Outgoing("keys", endpoint, to, body, said.variables, said.headers)


def way(session: Session) -> list[tuple[str, str, int | None, str | None]]:
    """Who asked whom for KeyPackages, in the order in which they began."""
    seen = [each for each in session.recorder.exchanges if each.endpoint == "keys"]
    return [(each.sender, each.to, each.status, each.code) for each in seen]


def unpacked(page: str) -> bytes:
    """What lies compressed in a report."""
    blocks = re.findall(r"H4sI[A-Za-z0-9+/=]+", page)
    return b"".join(gzip.decompress(base64.b64decode(block)) for block in blocks)


def stock(session: Session, user: str) -> int:
    client = session.client(user)
    return session.provider(session.user(user).at).remaining_key_packages(client.uri, "regular")


def test_it_is_found_by_path_and_runs_with_goldens() -> None:
    said = toy("run", SCENARIO, "--verify", GOLDENS)
    assert "1 scenario in toy-1: 1 passed" in said
    assert said.endswith("no differences\n")


def test_it_is_found_by_its_entry_point(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(TOY, tmp_path / "toy", ignore=shutil.ignore_patterns("__pycache__"))
    install(tmp_path, "toy-1", "toy")
    ended = as_process("run", SCENARIO, cwd=TOY, PYTHONPATH=f"{HERE.parents[1]}:{tmp_path}")
    assert (ended.code, "1 scenario in toy-1: 1 passed" in ended.out) == (0, True), ended.err
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    assert registry.named("toy-1") is registry.known()[-1]


def test_all_commands_know_it(tmp_path: Path) -> None:
    assert toy("list", SCENARIO).startswith("relay   15 steps  A request for KeyPackages is passed on #toy")
    assert "-> key_packages of: carol.phone, remaining: 1" in toy("show", SCENARIO)
    assert "all in order" in toy("check", SCENARIO)
    assert "Only in drafts that know: groups" in " ".join(toy("steps", "create_group").split())
    assert '"unreachable"' in toy("schema")
    assert "10 requirements of toy-1: 10 claimed, 0 with a reason, 0 holes" in toy("coverage", SCENARIO, "--run")
    assert toy("guide", "protocol").startswith("toy-1: providers relay requests for KeyPackages")
    assert {"KeysRequest", "KeysResponse", "KeyPackage"} < set(toy("decode").split())
    toy("run", SCENARIO, "--trace", str(tmp_path / "traces"))
    toy("report", str(tmp_path / "traces"), "-o", str(tmp_path / "report.html"))
    page = unpacked((tmp_path / "report.html").read_text())
    assert [word for word in (b"KeysHandedOut", b"KeysRefused", b"unreachable", b"toy-1") if word not in page] == []
    assert "no differences" in toy("trace", "diff", str(tmp_path / "traces"), str(tmp_path / "traces"))
    exported = toy("trace", "export", str(tmp_path / "traces"), "--to", "jsonl", "-o", "-")
    assert '"handed_out(0)"' in exported


def test_its_bytes_are_decoded(draft: Draft) -> None:
    request = draft.structs["KeysRequest"](requester=ALICE, hops=3)
    assert "hops" in toy("decode", "KeysRequest", encode(request).hex())
    refused = draft.refusals.write(Refusal(Code("unreachable"), "no answer"))
    tree = json.loads(toy("decode", "KeysResponse", refused.body.hex(), "--json"))
    assert "unreachable" in json.dumps(tree)


def test_the_scenarios_of_others_mean_nothing_in_it() -> None:
    ended = mimi_sim("run", "scenarios/fanout", "--draft", str(TOY), cwd=HERE.parents[1])
    assert ended.code == 0
    assert re.search(r"scenarios in toy-1: \d+ unsupported", ended.out)
    assert "toy-1: everybody gets KeyPackages of everybody" in ended.out


async def test_the_users_provider_is_asked_by_the_one_that_was_asked(session: Session) -> None:
    result = await session.provider("a").peers.outcome(question(session, CAROL))
    assert type(result).__name__ == "HandedOut"
    assert way(session) == [("a.example", "b.example", 200, None), ("b.example", "c.example", 200, None)]
    assert stock(session, "carol") == 2
    asked = [each for each in session.recorder.exchanges if each.endpoint == "keys"]
    assert {each.url.partition(".example")[2] for each in asked} == {"/toy/keys/mimi%3A%2F%2Fc.example%2Fu%2Fcarol"}
    assert dict(asked[1].request_headers)["from"] == "toy@b.example"


async def test_a_client_asks_its_own_provider_without_https(session: Session) -> None:
    found = await session.provider("a").client_api.key_packages(FetchKeyPackages(ALICE, CAROL, "regular"))
    assert len(found) == 1
    assert way(session) == [("a.example", "c.example", 200, None)]


@pytest.mark.parametrize(
    ("user", "hops", "code"),
    [
        ("mimi://c.example/u/nobody", 1, "unknown_user"),
        (CAROL, 0, "unknown_user"),
        ("carol", 1, "malformed"),
        ("mimi://z.example/u/zoe", 1, "unreachable"),
    ],
)
async def test_refusals_have_status_200_and_change_nothing(session: Session, user: str, hops: int, code: str) -> None:
    outcome = await session.provider("a").peers.outcome(question(session, user, hops))
    assert isinstance(outcome, Refusal)
    assert outcome.code == code
    assert way(session)[0] == ("a.example", "b.example", 200, code)
    assert stock(session, "carol") == 3


async def test_who_gives_no_answer_is_unreachable(session: Session) -> None:
    await session.crash("c")
    outcome = await session.provider("a").peers.outcome(question(session, CAROL))
    assert isinstance(outcome, Refusal)
    assert outcome.code == "unreachable"
    assert "b.example has no KeyPackages from c.example: " in outcome.rule


async def test_nobody_speaks_as_another_provider(session: Session) -> None:
    outcome = await session.provider("a").peers.outcome(question(session, CAROL, sender="c.example"))
    assert isinstance(outcome, Refusal)
    assert outcome.code == Code.not_authorized
    why = "the TLS client certificate does not cover c.example (not_authorized, toy-1 section 1)"
    assert outcome.rule == f"keys rejected by b.example: {why}"
    assert stock(session, "carol") == 3


async def test_what_http_refuses_keeps_its_status(session: Session) -> None:
    reply = await session.send_raw("a", "b", "keys", b"", {"user": CAROL}, (("from", "toy@a.example"),))
    assert (reply.http, reply.error) == (200, "malformed")
    a = session.provider("a")
    wrong = await a.http.request("GET", "https://b.example/toy/other", b"", recipient="b.example")
    assert wrong.status == 404
    assert session.draft.refusals.is_refusal(Reply(wrong.status, wrong.headers, wrong.body))


async def test_discovery_is_a_template_that_is_kept(session: Session) -> None:
    a = session.provider("a")
    url = await a.peers.url(question(session, CAROL))
    assert url == "https://b.example/toy/keys/mimi%3A%2F%2Fc.example%2Fu%2Fcarol"
    kept = a.executor.store.discovered.get("b.example")
    assert kept is not None
    assert kept.content == b"https://b.example/toy/keys/{user}"


async def test_there_are_no_groups(session: Session) -> None:
    with pytest.raises(Misuse, match=r"toy-1 has no groups: there is nothing to ask of a hub"):
        session.draft.write(None, sender="a.example", recipient="b.example")  # type: ignore[arg-type]
    assert session.provider("a").keys.sign is None


def test_a_notebook_has_it() -> None:
    with Federation({"a.example": {"alice": ["phone"]}, "c.example": {"carol": ["phone"]}}, draft=str(TOY)) as cells:
        cells.do("spoof: {by: a.example, to: c.example, endpoint: key_packages, requester: alice, target: carol}")
        assert cells.traffic.exchanges()["status"].to_list() == [200, 200]


def test_goldens_and_differences_tell_whom_a_path_is_about(tmp_path: Path) -> None:
    assert (
        "keys POST 200 26>624 path.user=mimi://c.example/u/carol" in (TOY / GOLDENS / "toy-1" / "relay.txt").read_text()
    )
    asked = "spoof: {by: a.example, to: c.example, endpoint: key_packages, requester: alice, target: carol}"
    other = (TOY / SCENARIO).read_text().replace(f"  - {asked}", f"  - {asked.replace('carol', 'dave')}")
    (tmp_path / SCENARIO).write_text(other.replace("laptop]}}", "laptop], dave: [phone]}}"))
    ended = mimi_sim("run", SCENARIO, "--draft", str(TOY), "--verify", str(TOY / GOLDENS), cwd=tmp_path)
    assert "path.user: mimi://c.example/u/carol -> mimi://c.example/u/dave" in ended.out


@pytest.mark.parametrize(
    ("status", "body", "why"),
    [(200, b"\x07", "the body is no KeysResponse"), (404, b"\0\0", "HTTP 404 with KeyPackages")],
)
def test_answers_that_the_draft_does_not_allow(draft: Draft, status: int, body: bytes, why: str) -> None:
    with pytest.raises(BadAnswer, match=why):
        draft.named("keys").read(Reply(status, (), body))


async def test_nobody_is_asked_for_consent(session: Session) -> None:
    with pytest.raises(Misuse, match=r"nobody is asked for consent in toy-1"):
        await session.client("alice").request_connection(CAROL)


def test_new_has_nothing_to_write_for_it(tmp_path: Path) -> None:
    ended = mimi_sim("new", "my.yaml", "--draft", str(TOY), cwd=tmp_path)
    assert (ended.code, list(tmp_path.iterdir())) == (2, [])
    assert ended.err == "what new writes is about users in a group: toy-1: there are only requests for KeyPackages\n"
