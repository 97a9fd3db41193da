"""Two federations, each a process of its own and for the other external: their users talk."""

from pathlib import Path

from simulator.net import listening_socket
from simulator.net.tls.kept_authority import kept_authority
from tests.served import Served, served


def _topology(own: str, user: str, port: int, other: str, other_port: int) -> str:
    return f"""
topology:
  key_packages: 3
  authority: ca
  providers:
    {own}.example: {{port: {port}, users: {{{user}: [phone]}}}}
    {other}.example: {{external: {{address: 127.0.0.1, port: {other_port}, ca: ../{other}/ca/ca.pem}}}}
"""


def test_users_of_two_processes_talk(tmp_path: Path) -> None:
    folders = {name: tmp_path / name for name in "ab"}
    for folder in folders.values():
        kept_authority(folder / "ca")
    a_port, b_port = _free_ports()
    with (
        served(folders["a"], topology=_topology("a", "alice", a_port, "b", b_port)) as a,
        served(folders["b"], "--accept", topology=_topology("b", "bob", b_port, "a", a_port)) as b,
    ):
        assert list(a.federation["providers"]) == ["a.example"]
        group = _group_of_both(a, b)
        assert a.post("send", by="alice", group=group, text="hello")[0] == 200
        assert _next_text(b, "bob") == "hello"
        assert b.post("send", by="bob", group=group, text="hello too")[0] == 200
        assert _next_text(a, "alice") == "hello too"


def _group_of_both(a: Served, b: Served) -> str:
    bob = "mimi://b.example/u/bob"
    status, asked = a.post("connect", **{"from": "alice", "to": [bob]})
    assert (status, asked["connections"][0]["accepted"]) == (200, False), asked
    while b.post("group", client="bob", group=asked["connections"][0]["group"])[0] != 200:
        assert b.process.poll() is None
    group: str = a.post("create", by="alice")[1]["group"]
    assert a.post("add", by="alice", group=group, users=[bob])[0] == 200
    while b.post("group", client="bob", group=group)[0] != 200:
        assert b.process.poll() is None
    return group


def _next_text(up: Served, client: str) -> str:
    status, fetched = up.post("fetch", client=client, wait=20)
    assert status == 200
    (message,) = fetched["messages"]
    text: str = message["text"]
    return text


def _free_ports() -> tuple[int, int]:
    ready = [listening_socket(), listening_socket()]
    first, second = (each.getsockname()[1] for each in ready)
    for each in ready:
        each.close()
    return first, second
