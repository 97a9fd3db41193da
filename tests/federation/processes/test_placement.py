"""Shares are of neighbours, of about one size, and part no service host."""

import pytest

from simulator.drafts.registry import usual
from simulator.federation import External, ProviderSpec
from simulator.federation.processes.placement import placed

DRAFT = usual()[0]


def _specs(*users: int, hosts: dict[int, str] | None = None) -> list[ProviderSpec]:
    return [
        ProviderSpec(f"p{n}.example", {f"u{each}": ("phone",) for each in range(count)}, (hosts or {}).get(n))
        for n, count in enumerate(users)
    ]


def _numbers(specs: list[ProviderSpec], processes: int) -> list[list[int]]:
    return [[int(spec.name[1:-8]) for spec in share] for share in placed(specs, DRAFT, processes)]


@pytest.mark.parametrize(
    ("users", "processes", "shares"),
    [
        ((1, 1, 1, 1), 2, [[0, 1], [2, 3]]),
        ((1, 1, 1, 1), 3, [[0, 1], [2], [3]]),
        ((9, 1, 1, 1), 2, [[0], [1, 2, 3]]),
        ((1, 1, 1, 9), 2, [[0, 1, 2, 3]]),
        ((1, 1), 8, [[0], [1]]),
        ((1, 1), 1, [[0, 1]]),
        ((1,), 2, [[0]]),
    ],
)
def test_shares(users: tuple[int, ...], processes: int, shares: list[list[int]]) -> None:
    assert _numbers(_specs(*users), processes) == shares


def test_who_shares_a_host_stays_together_with_all_between() -> None:
    specs = _specs(1, 1, 1, 1, 1, 1, hosts={1: "host.example", 3: "host.example"})
    assert _numbers(specs, 3) == [[0, 1, 2, 3], [4], [5]]


def test_somebody_elses_is_in_none(tmp_path) -> None:
    external = ProviderSpec("z.example", external=External("127.0.0.1", 9, tmp_path))
    assert _numbers([*_specs(1, 1), external], 2) == [[0], [1]]
