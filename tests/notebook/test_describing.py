"""What a cell says of a federation: wrong ones are refused with words, before anything starts."""

from pathlib import Path
from typing import Any

import pytest

from simulator.errors import SimulatorError
from simulator.federation import ProviderSpec, Topology
from simulator.notebook.describing import described

TWO = {"a.example": {"alice": ["phone", "laptop"]}, "b.example": {"bob": "phone"}}


def test_providers_users_clients_and_options(tmp_path: Path) -> None:
    topology, seed, now = described(TWO, 7, 1000, {"suite": 3, "http2": True, "authority": str(tmp_path)})
    assert topology.providers == (
        ProviderSpec("a.example", {"alice": ("phone", "laptop")}),
        ProviderSpec("b.example", {"bob": ("phone",)}),
    )
    assert (topology.suite, topology.http2, topology.authority, seed, now) == (3, True, tmp_path, 7, 1000)


@pytest.mark.parametrize(
    ("providers", "words"),
    [
        (None, r'^expected providers with their users: {"a.example": {"alice": \["phone"\]}}, not None$'),
        (["a.example"], "expected providers with their users"),
        (5, "expected providers with their users"),
        ({"a.example": ["alice"]}, r"^a.example: expected users with their clients: .*, not \['alice'\]$"),
        ({"a.example": None}, "a.example: expected users with their clients"),
        ({"a.example": "alice"}, "a.example: expected users with their clients"),
        ({"a.example": {"alice": None}}, r'^alice: expected the names of clients, such as \["phone"\], not None$'),
        ({"a.example": {"alice": 1}}, "alice: expected the names of clients"),
        ({"a.example": {"alice": b"phone"}}, "alice: expected the names of clients"),
        ({"a.example": {"alice": {"phone": 1}}}, "alice: expected the names of clients"),
        ({"a.example": {"alice": [1]}}, "a client's name is a text, not 1"),
        ({"a.example": {"alice": []}}, "alice has no client"),
        ({"a.example": {"alice": ["phone", "phone"]}}, r"there are two that are called alice\.phone"),
        ({"a.example": {"alice": ["phone"]}, "b.example": {"alice": ["phone"]}}, "two that are called alice"),
        ({"a.example": {"Alice": ["phone"]}}, "a user's name is of lower case letters"),
        ({"a.example": {"al.ice": ["phone"]}}, "a user's name is of lower case letters"),
        ({"a.example": {1: ["phone"]}}, "a user's name is a text, not 1"),
        ({"a.example": {"alice": ["Pho ne"]}}, "a client's name is of lower case letters"),
        ({"a": {}}, "no FQDN"),
        ({1: {}}, "a provider's name is a text, not 1"),
    ],
)
def test_who_takes_part(providers: Any, words: str) -> None:
    with pytest.raises(SimulatorError, match=words):
        described(providers, 1, 1, {})


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("http2", "yes", "http2 is True or False, not 'yes'"),
        ("http2", 1, "True or False"),
        ("mutual_tls", None, "True or False"),
        ("last_resort", "no", "True or False"),
        ("key_packages", -1, "key_packages is a whole number from 0 to 1000, not -1"),
        ("key_packages", 10**9, "from 0 to 1000, not 1000000000"),
        ("key_packages", 1.5, "a whole number"),
        ("key_packages", True, "a whole number"),
        ("suite", 99, "providers take no cipher suite 99, only 1 and 3"),
        ("suite", "1", "suite is a whole number, not '1'"),
        ("draft", "mimi", 'unknown draft "mimi"; known: mimi-transport-00'),
        ("draft", None, "draft is a path, not None"),
        ("authority", 5, "authority is .*, not 5"),
        ("htp2", True, r"there is no option htp2 \(did you mean \"http2\"\?\)"),
        ("providers", (), "there is no option providers"),
    ],
)
def test_options(option: str, value: Any, words: str) -> None:
    with pytest.raises(SimulatorError, match=words):
        described(TWO, 1, 1, {option: value})


@pytest.mark.parametrize("seed", [1.5, "x", None, -1, 2**63, True])
def test_seeds(seed: Any) -> None:
    with pytest.raises(SimulatorError, match=r"^seed is a whole number from 0 to 9223372036854775807, not "):
        described(TWO, seed, 1, {})


@pytest.mark.parametrize("now", [1_767_225_600.5, "now", None, -1, 10**12])
def test_clocks(now: Any) -> None:
    with pytest.raises(SimulatorError, match=r"^now, in Unix seconds, is a whole number from 0 to .*, not "):
        described(TWO, 1, now, {})


def test_a_topology_is_judged_too_and_says_everything_itself() -> None:
    with pytest.raises(SimulatorError, match="http2 is True or False"):
        described(Topology((), http2="yes"), 1, 1, {})  # type: ignore[arg-type]
    with pytest.raises(SimulatorError, match="key_packages: a file or a Topology says that itself"):
        described(Topology(()), 1, 1, {"key_packages": 3})


def test_rules_that_nobody_keeps_and_those_of_one_provider() -> None:
    for waive, rules in (
        ("P-4-ONE-COMMIT", [("P-4-ONE-COMMIT",)] * 2),
        ({"b.example": ["P-4-ONE-COMMIT"]}, [(), ("P-4-ONE-COMMIT",)]),
    ):
        topology, _, _ = described(TWO, 1, 1, {"waive": waive, "suite": 3})
        assert [spec.waived for spec in topology.providers] == rules
    with pytest.raises(SimulatorError, match='unknown requirement "P-4-ONE-COMIT"'):
        described(TWO, 1, 1, {"waive": ["P-4-ONE-COMIT"]})
    with pytest.raises(SimulatorError, match='unknown requirement "P-4-ONE-COMIT"'):
        described(Topology((ProviderSpec("a.example", waived=("P-4-ONE-COMIT",)),)), 1, 1, {})
