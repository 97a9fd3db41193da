"""Who may serve where: what can't be told apart is refused."""

from pathlib import Path

import pytest

from simulator.drafts import DRAFTS
from simulator.federation import BadTopology, External, ProviderSpec, Unsupported
from simulator.federation.hosting import tenants

DRAFT = DRAFTS[0]
HERE, THERE = (External("127.0.0.1", port, Path("ca.pem")) for port in (7001, 7002))


def test_each_at_its_own_host_or_several_at_one() -> None:
    specs = (
        ProviderSpec("a.example"),
        ProviderSpec("b.example", service_host="ds.shared.example"),
        ProviderSpec("c.example", service_host="ds.shared.example"),
        ProviderSpec("d.example", service_host="d.example"),
    )
    assert tenants(specs, DRAFT) == {
        "ds.a.example": ("a.example",),
        "ds.shared.example": ("b.example", "c.example"),
        "d.example": ("d.example",),
    }


def test_external_providers_share_a_host_if_they_are_at_one_place() -> None:
    specs = [ProviderSpec(f"{name}.example", service_host="ds.shared.example", external=HERE) for name in "ab"]
    assert tenants(specs, DRAFT) == {"ds.shared.example": ("a.example", "b.example")}


@pytest.mark.parametrize(
    ("first", "other", "why"),
    [
        (ProviderSpec("a.example"), ProviderSpec("a.example"), "there are two providers a.example"),
        (
            ProviderSpec("a.example", port=7001),
            ProviderSpec("b.example", port=7001),
            "b.example can't serve at port 7001: a.example does",
        ),
        (
            ProviderSpec("a.example"),
            ProviderSpec("b.example", service_host="a.example"),
            "b.example can't be served at a.example: that is a.example's own domain",
        ),
        (
            ProviderSpec("b.example", service_host="a.example"),
            ProviderSpec("a.example"),
            "b.example can't be served at a.example: that is a.example's own domain",
        ),
        (
            ProviderSpec("a.example", service_host="ds.example", external=HERE),
            ProviderSpec("b.example", service_host="ds.example", external=THERE),
            "a.example and b.example can't share the service host ds.example: they are at two places",
        ),
    ],
)
def test_what_cannot_be_told_apart(first: ProviderSpec, other: ProviderSpec, why: str) -> None:
    with pytest.raises(BadTopology) as refused:
        tenants((first, other), DRAFT)
    assert str(refused.value) == why


def test_an_external_provider_cannot_live_with_one_of_ours() -> None:
    ours, theirs = ProviderSpec("a.example"), ProviderSpec("b.example", service_host="ds.a.example", external=HERE)
    for both in ((ours, theirs), (theirs, ours)):
        with pytest.raises(Unsupported, match=r"b\.example is external: a\.example can't serve at its service host"):
            tenants(both, DRAFT)
