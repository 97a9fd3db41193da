"""What a topology says of tokens."""

import pytest

from simulator.federation import Unsupported
from simulator.privacy_pass.directory import Per
from simulator.scenario import ScenarioFileError
from simulator.scenario.running.building import federation
from simulator.services.limits.policy import DAY
from simulator.services.tokens.allowances import Allowance
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.careless import CARELESS
from simulator.services.tokens.settings import TokenSettings
from tests.scenario.small_scenarios import scenario

HEAD = """name: test
topology:
  providers:
    a.example: {users: {alice: [phone]}, privacy_pass: {SAID}}
    i.example: {privacy_pass: {issues: {per: user, tokens: 1, period: 1h}}}
steps:
"""


def settings(said: str) -> TokenSettings | None:
    return federation(scenario("  []\n", HEAD.replace("SAID", said)).topology).providers[0].tokens


def test_an_issuer_and_origin() -> None:
    made = settings(
        "protects: [connection_key_packages], grease: true, issues: {per: user, tokens: 3, period: 1h, most: 9}"
    )
    assert made == TokenSettings(
        IssuerBudget(Per.user, 3, 3600, 9), frozenset({"connection_key_packages"}), None, 3600, grease=True
    )


def test_an_asker() -> None:
    made = settings("unnamed: true, allowance: {tokens: 2, period: 1h}, crowd: 3, trusts: [i.example]")
    assert made == TokenSettings(
        unnamed=True, allowance=Allowance(2, 3600), crowd=3, trusts=frozenset({"i.example"}), window=DAY
    )


def test_a_careless_asker_does_not_keep_what_hides_its_users() -> None:
    made = federation(scenario("  []\n", HEAD.replace("SAID", "careless: true, crowd: 3")).topology).providers[0]
    assert made.tokens is not None
    assert (made.tokens.crowd, made.waived) == (1, CARELESS)


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ("protects: [connection_key_packages]", '"protects" needs an "issuer"'),
        ("allowance: {tokens: 1, period: 0}", '"period" must be longer than nothing'),
        ("issuer: i.example, window: 0", '"window" must be longer than nothing'),
        ("crowd: 0", "expected a number >= 1"),
        ("crowd: 9223372036854775808", "expected a number <= 9223372036854775807"),
        ("trusts: [no name]", "no name"),
        ("protect: [fan_out]", 'no field "protect"'),
    ],
)
def test_what_can_not_be(said: str, complaint: str) -> None:
    with pytest.raises(ScenarioFileError, match=complaint):
        settings(said)


@pytest.mark.parametrize("endpoint", ["fan_out", "token_request", "handshake"])
def test_not_every_endpoint_can_be_protected(endpoint: str) -> None:
    with pytest.raises(Unsupported, match=f"mimi-transport-00 has no tokens at {endpoint}"):
        settings(f"protects: [{endpoint}], issuer: i.example")
