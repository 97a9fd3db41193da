"""Which fault comes next."""

from collections.abc import Sequence
from random import Random
from typing import Any

from simulator.federation import Session
from simulator.net.failpoint import Failpoint
from simulator.services.limits.policy import DAY

WORDS = ("fan_out", "fan_out", "fan_out", "handshake", "handshake", "message", "message", "key_packages", "join_info")
"""What faults mostly hit."""
FAN_OUT = ("fan_out",)
"""Where a request that is held up keeps nobody waiting but its receiver."""


def draw(random: Random, session: Session) -> dict[str, Any]:
    """A fault, as in a scenario file."""
    draft, providers = session.draft, [provider.name for provider in session.providers]
    own = [endpoint.name for endpoint in draft.endpoints]
    while True:
        drawn = _draw(random, (*WORDS, random.choice(own), None), providers)
        if "corrupt" not in drawn or draft.provider_keys is not None:
            return drawn  # where nobody signs what is sent, only TLS tells what is spoilt from what is meant


def _draw(random: Random, endpoints: Sequence[str | None], providers: Sequence[str]) -> dict[str, Any]:
    kind = random.choice(
        (
            "drop_request",
            "drop_answer",
            "drop_answer",
            "hang_up",
            "reset",
            "duplicate",
            "respond",
            "partition",
            "partition",
            "hold",
            "delay",
            "reorder",
            "restart",
            "crash",
            "corrupt",
            "refuse_connection",
            "dns_failure",
            "clock_skew",
            "clock_skew",
            "crash_at",
            "crash_at",
            "slow_read",
            "slow_write",
        )
    )
    if kind == "partition":
        return {kind: {"side": [random.choice(providers)], "one_way": random.random() < 0.4}}
    if kind == "clock_skew":
        seconds = random.choice((5, 60, 250, 3000, DAY, 8 * DAY, 100 * DAY)) * random.choice((1, 1, -1))
        return {kind: {"provider": random.choice(providers), "seconds": seconds}}
    if kind == "crash_at":
        point = random.choice(list(Failpoint)).value
        return {kind: {"provider": random.choice(providers), "point": point, "skip": random.choice((0, 0, 1, 3))}}
    waits = kind in ("hold", "delay", "reorder")
    where: dict[str, Any] = {"endpoint": random.choice(FAN_OUT if waits else endpoints)}
    if random.random() < 0.35:
        where["recipient"] = random.choice(providers)
    if random.random() < 0.15:
        where["sender"] = random.choice(providers)
    where["skip"] = random.choice((0, 0, 0, 0, 1))
    where["times"] = random.choice((1, 2, 2, 5)) if kind != "corrupt" else 2  # more, and refusals are believed
    extra: dict[str, dict[str, Any]] = {
        "reset": {"during": random.choice(("request", "answer")), "after": random.choice((1, 40, 400))},
        "duplicate": {"answer": random.choice(("first", "last"))},
        "respond": {"status": random.choice((429, 502, 503)), **random.choice(({}, {"retry_after": _later(random)}))},
        "delay": {"seconds": random.choice((1, 3, 20))},
        "crash": {"who": random.choice(("sender", "recipient")), "when": random.choice(("before", "after"))},
        "corrupt": {"offset": random.randrange(-200, 200), "mask": random.choice((1, 128, 255))},
        "slow_read": {"piece": 50},
        "slow_write": {"piece": 50},
    }
    cleaned = {key: value for key, value in where.items() if value not in (None, 0)}
    return {kind: {"where": cleaned, **extra.get(kind, {})}}


def _later(random: Random) -> int | str:
    """When somebody says that one may come again; truth and lies."""
    dates = ("Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 1970 00:00:00 GMT")
    return random.choice((20, 20, 0, -7, 7 * DAY + 1, 2**31, str(10**30), "soon", *dates))
