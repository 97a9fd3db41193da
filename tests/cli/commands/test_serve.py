"""`mimi-sim serve`: up, found, driven and ended from outside."""

import os
import signal
import ssl
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.cli.process import mimi_sim
from tests.served import TOPOLOGY, Served, served

GONE = {"topology.yaml"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("served")) as up:
        yield up


def _end(up: Served, number: signal.Signals) -> tuple[int, str]:
    up.process.send_signal(number)
    _, errors = up.process.communicate(timeout=20)
    return up.process.returncode, errors


def test_federation_json(running: Served) -> None:
    found = running.federation
    assert list(found) == ["ca", "providers", "control", "token"]
    assert stat.S_IMODE((running.folder / "federation.json").stat().st_mode) == 0o600
    assert list(found["providers"]) == ["a.example", "b.example"]
    assert ssl.create_default_context(cafile=found["ca"]).cert_store_stats()["x509_ca"] == 1
    for name, provider in found["providers"].items():
        assert list(provider) == ["service_host", "address", "port", "verification_key"]
        assert (provider["service_host"], provider["address"]) == (f"ds.{name}", "127.0.0.1")
        assert provider["verification_key"]["scheme"] == "ed25519"
        assert len(bytes.fromhex(provider["verification_key"]["public_key"])) == 32


def test_the_token_and_the_line_that_carries_it(running: Served) -> None:
    url, token = running.federation["control"], running.federation["token"]
    assert token in url
    bare = url.replace(f"mimi:{token}@", "")
    for answer in (
        httpx.get(bare, trust_env=False),
        httpx.post(f"{bare}/create", json={"by": "alice"}, trust_env=False),
    ):
        assert (answer.status_code, answer.json()["error"]) == (401, "no_token")
    bearer = {"Authorization": f"Bearer {token}"}
    assert httpx.get(f"{bare}/", headers=bearer, trust_env=False).status_code == 200
    (line,) = (line for line in running.lines if bare in line)
    assert token not in "".join(running.lines), "nobody reads it in a list of processes, or in a log"
    pasted = subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=30, check=True)
    assert '"/send"' in pasted.stdout
    assert len(pasted.stdout.splitlines()) < 50


def test_a_store_that_is_to_be_a_file_is_one(tmp_path: Path) -> None:
    topology = TOPOLOGY.replace("{users: {alice", "{store: file, users: {alice")
    with served(tmp_path, topology=topology) as up:
        folder = Path(f"/proc/{up.process.pid}/fd")
        opened = {os.readlink(each) for each in folder.iterdir() if each.is_symlink()}
        (store,) = (Path(each) for each in opened if each.endswith("a.example.sqlite"))
        assert store.exists()
        assert _end(up, signal.SIGTERM) == (0, "")
    assert not store.parent.exists()


def test_whose_keys_these_are_is_said_where_the_authority_lasts(tmp_path: Path) -> None:
    with served(tmp_path, "--seed", "7", topology=TOPOLOGY + "  authority: kept\n") as up:
        assert any("come from seed 7: who knows it has them" in line for line in up.lines)
    assert stat.S_IMODE((tmp_path / "kept" / "ca.key").stat().st_mode) == 0o600


def test_files_that_lie_there_get_no_secrets(tmp_path: Path) -> None:
    """In a folder that others may write to."""
    (tmp_path / "theirs").write_text("theirs")
    for name in ("federation-client.pem", "federation-token.txt"):
        (tmp_path / name).symlink_to(tmp_path / "theirs")
    with served(tmp_path, topology=TOPOLOGY + "  mutual_tls: true\n") as up:
        for name in ("federation.json", "federation-client.pem", "federation-token.txt"):
            found = (tmp_path / name).lstat()
            assert (stat.S_ISREG(found.st_mode), stat.S_IMODE(found.st_mode)) == (True, 0o600)
        assert up.process.poll() is None
    assert (tmp_path / "theirs").read_text() == "theirs"


def test_users_at_two_providers_talk(running: Served) -> None:
    status, answer = running.post("connect", **{"from": "alice", "to": ["bob"]})
    assert (status, answer["connections"][0]["accepted"]) == (200, True)
    _, created = running.post("create", by="alice")
    group = created["group"]
    assert running.post("add", by="alice", group=group, users=["bob"]) == (200, {"group": group, "epoch": 1})
    assert running.post("send", by="alice", group=group, text="hello")[0] == 200
    status, fetched = running.post("fetch", client="bob", wait=20)
    assert status == 200
    assert [(m["group"], m["sender"], m["text"]) for m in fetched["messages"]] == [
        (group, "mimi://a.example/d/alice/phone", "hello")
    ]
    status, refused = running.post("fetch", client="bbo")
    assert (status, refused["error"], refused["nearest"]) == (404, "unknown_name", "bob")


def test_one_federation_a_folder(running: Served) -> None:
    before = (running.folder / "federation.json").read_bytes()
    done = mimi_sim("serve", "topology.yaml", cwd=running.folder)
    assert done.code == 2
    assert "another federation is up in" in done.err
    assert (running.folder / "federation.json").read_bytes() == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_and_nothing_is_left(tmp_path: Path, number: signal.Signals) -> None:
    with served(tmp_path) as up:
        assert _end(up, number) == (0, "")
        with pytest.raises(ProcessLookupError):
            os.killpg(up.process.pid, 0)
    assert {file.name for file in tmp_path.iterdir()} == GONE


def test_what_a_killed_one_has_left_is_overwritten(tmp_path: Path) -> None:
    with served(tmp_path) as up:
        up.process.kill()
        up.process.wait(timeout=20)
    assert (tmp_path / "federation.json").exists()
    with served(tmp_path, "--seed", "7") as again:
        assert again.federation["control"] != up.federation["control"]
        assert again.federation["providers"]["a.example"] != up.federation["providers"]["a.example"]


def test_mutual_tls_comes_with_a_certificate_for_others(tmp_path: Path) -> None:
    with served(tmp_path, topology=TOPOLOGY + "  mutual_tls: true\n") as up:
        file = tmp_path / "federation-client.pem"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        context = ssl.create_default_context(cafile=up.federation["ca"])
        context.load_cert_chain(file)
        assert any(f"--cert {file}" in line for line in up.lines)
        assert _end(up, signal.SIGTERM)[0] == 0
    assert {file.name for file in tmp_path.iterdir()} == GONE


def test_with_accept_users_agree_by_themselves(tmp_path: Path) -> None:
    with served(tmp_path, "--accept") as up:
        _, asked = up.post("connect", **{"from": "alice", "to": ["bob"], "accept": False})
        group = asked["connections"][0]["group"]
        while up.post("group", client="bob", group=group)[0] != 200:
            assert up.process.poll() is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("topology: {provider: {}}\n", 'did you mean "providers"'),
        ("[]\n", "topology.yaml"),
    ],
)
def test_a_bad_topology(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "topology.yaml").write_text(text)
    done = mimi_sim("serve", "topology.yaml", cwd=tmp_path)
    assert done.code == 2
    assert message in done.err
    assert {file.name for file in tmp_path.iterdir()} == GONE


def test_a_port_that_is_taken(running: Served, tmp_path: Path) -> None:
    port = running.federation["providers"]["a.example"]["port"]
    (tmp_path / "topology.yaml").write_text(TOPOLOGY.replace("{users: {alice", f"{{port: {port}, users: {{alice"))
    done = mimi_sim("serve", "topology.yaml", cwd=tmp_path)
    assert done.code == 2
    assert str(port) in done.err
    assert {file.name for file in tmp_path.iterdir()} == GONE


def test_a_topology_that_is_not_there(tmp_path: Path) -> None:
    done = mimi_sim("serve", "topolgy.yaml", cwd=tmp_path)
    assert done.code == 2
    assert "topolgy.yaml" in done.err


BROKEN = """
from simulator.federation.control.actions.create import Create
from simulator.__main__ import main

async def broken(self, operator):
    raise ZeroDivisionError("a bug")

Create.run = broken
main()
"""


def test_a_fault_of_ours_is_said_and_counts_at_the_end(tmp_path: Path) -> None:
    with served(tmp_path, program=[sys.executable, "-c", BROKEN]) as up:
        status, answer = up.post("create", by="alice")
        assert (status, answer["error"]) == (500, "simulator_fault")
        assert up.post("requests", client="bob")[0] == 200
        code, errors = _end(up, signal.SIGTERM)
    assert (code, errors) == (3, "the simulator itself failed: ZeroDivisionError: a bug\n")


def test_a_process_of_several_dies_and_the_others_go_on(tmp_path: Path) -> None:
    with served(tmp_path, "--processes", "2") as up:
        said = [line.removeprefix("# Process ").split(": ") for line in up.lines if line.startswith("# Process")]
        assert [names for _, names in said] == ["a.example.\n", "b.example.\n"]
        assert up.post("connect", **{"from": "alice", "to": ["bob"]})[1]["connections"][0]["accepted"]
        os.kill(int(said[1][0]), signal.SIGKILL)
        status, answer = up.post("fetch", client="bob")
        assert (status, answer["error"]) == (503, "machine_failure")
        assert up.post("create", by="alice")[0] == 200
        code, errors = _end(up, signal.SIGINT)
    assert code == 3
    assert "this machine can't do it: the process of b.example was killed by signal 9\n" in errors
    assert not Path("/proc", said[0][0]).exists()
