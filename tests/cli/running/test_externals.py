"""Before a run, each external provider must have somebody who listens."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator.cli.running.externals import check_listening
from simulator.errors import SimulatorError
from simulator.net import Authority, listening_socket
from tests.cli.process import mimi_sim
from tests.scenario.small_scenarios import scenario

HEAD = """
name: a test
topology:
  providers:
    a.example: {users: {alice: [phone]}, port: 7001}
    b.example: {external: {address: 127.0.0.1, port: %d, ca: ca.pem}}
    c.example: {external: {address: 127.0.0.1, port: %d, ca: ca.pem}}
steps:
"""


@pytest.fixture
def ports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, int, socket.socket]]:
    """Two ports: the second of a socket that listens, the first of none."""
    (tmp_path / "ca.pem").write_bytes(Authority().certificate_pem)
    monkeypatch.chdir(tmp_path)
    with listening_socket() as up, listening_socket() as down:
        ports = down.getsockname()[1], up.getsockname()[1]
        down.close()
        yield *ports, up


def test_who_is_not_there_is_named_once(ports: tuple[int, int, socket.socket]) -> None:
    down, up, listener = ports
    both = [scenario("  []\n", HEAD % pair) for pair in ((down, up), (down, up), (up, up))]
    with pytest.raises(SimulatorError) as caught:
        check_listening(both)
    assert str(caught.value) == f"nobody listens at 127.0.0.1:{down} (b.example)"
    check_listening(both[2:])
    listener.close()
    with pytest.raises(SimulatorError) as caught:
        check_listening(both[:1])
    assert str(caught.value).count("nobody listens at") == 2


def test_without_externals_nobody_is_asked() -> None:
    check_listening([scenario("  []\n")])


@pytest.mark.parametrize("command", [("run",), ("run", "-j", "2"), ("coverage", "--run")])
def test_commands_say_so_instead_of_judging_it(
    ports: tuple[int, int, socket.socket], tmp_path: Path, command: tuple[str, ...]
) -> None:
    down, _, _ = ports
    for name in ("one", "two"):
        text = HEAD.replace("{external: {address: 127.0.0.1, port: %d, ca: ca.pem}}", "{users: {}}").replace(
            ", port: 7001", ""
        )
        (tmp_path / f"{name}.yaml").write_text(text + "  - advance: 1s\n")
    over = f"providers: {{b.example: {{external: {{address: 127.0.0.1, port: {down}, ca: ca.pem}}}}}}\n"
    (tmp_path / "over.yaml").write_text(over)
    verb, *options = command
    ended = mimi_sim(verb, "one.yaml", "two.yaml", *options, "--over", "over.yaml", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.strip() == f"nobody listens at 127.0.0.1:{down} (b.example)"
