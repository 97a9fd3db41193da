"""A day of a federation that stays up, told fast: messages, and between them what outsiders do; memory and disk."""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from simulator.drafts import DRAFTS
from tests.federated import ask_key
from tests.served import Served
from tests.soak.noise import Target, ask, knock

TOPOLOGY = """
topology:
  key_packages: 3
  providers:
    a.example: {store: file, users: {alice: [phone]}}
    b.example: {store: file, users: {bob: [phone]}}
    c.example: {users: {carol: [phone]}}
"""
NOISE_EVERY = 10
"""Messages between two bursts of noise."""
LARGE_EVERY = 500
"""Messages between two requests whose bodies are refused only after their heads."""
REKEY_EVERY = 1_000
"""Messages between two updates of a client's leaf: groups do not live without."""
MEBIBYTE = 1024 * 1024


@dataclass
class Figures:
    """What was seen of the process, oldest first."""

    messages: list[int] = field(default_factory=list)
    rss: list[float] = field(default_factory=list)
    """Resident memory in MiB."""
    disk: list[float] = field(default_factory=list)
    """The providers' files in MiB, with what SQLite keeps beside them."""
    seconds: list[float] = field(default_factory=list)

    def look(self, messages: int, process: int, seconds: float) -> None:
        """Look at the process now."""
        self.messages.append(messages)
        self.rss.append(_rss(process))
        self.disk.append(_disk(process))
        self.seconds.append(seconds)

    def lines(self) -> Iterator[str]:
        """A table."""
        yield "messages   RSS MiB   disk MiB   seconds"
        for row in zip(self.messages, self.rss, self.disk, self.seconds, strict=True):
            yield "{:>8}   {:>7.1f}   {:>8.2f}   {:>7.0f}".format(*row)


def soak(up: Served, messages: int, warm: int, say: Callable[[str], None] = lambda _: None) -> Figures:
    """Let alice send so many messages to bob and carol. The first look is after `warm` of them, when what is bounded
    has had the time to fill.
    """
    figures, began = Figures(), time.monotonic()
    draft = DRAFTS[0]
    question = ask_key(draft, "m.example", "nobody.example")
    target, row = Target.of(up.federation, "a.example"), question.endpoint
    with httpx.Client(trust_env=False, timeout=60) as http:

        def act(action: str, **fields: object) -> dict[str, object]:
            answer = http.post(f"{up.federation['control']}/{action}", json=fields)
            assert answer.status_code == 200, answer.text
            found: dict[str, object] = answer.json()
            return found

        act("connect", **{"from": "alice", "to": ["bob", "carol"]})
        group = act("create", by="alice")["group"]
        act("add", by="alice", group=group, users=["bob", "carol"])
        for number in range(1, messages + 1):
            act("send", by="alice", group=group, text=f"message {number}")
            if number % NOISE_EVERY == 0:
                knock(target)
                assert ask(target, row.method, row.path, question.body, row.media_type) == 403
                assert ask(target, "GET", "/%1b[2J/nothing", b"", row.media_type) == 404
            if number % LARGE_EVERY == 0:
                assert ask(target, row.method, row.path, question.body + bytes(3 * MEBIBYTE), row.media_type) >= 400
            if number % REKEY_EVERY == 0:
                act("update", by="alice", group=group)
            if number == warm or number % max(1, messages // 10) == 0:
                figures.look(number, up.process.pid, time.monotonic() - began)
                say(list(figures.lines())[-1])
        fetched = act("fetch", client="bob", since=messages - 1, wait=30)
    assert [message["text"] for message in fetched["messages"]] == [f"message {messages}"]  # type: ignore[attr-defined]
    return figures


def _rss(process: int) -> float:
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise AssertionError("no VmRSS")


def _disk(process: int) -> float:
    links = [os.readlink(each) for each in Path(f"/proc/{process}/fd").iterdir() if each.is_symlink()]
    stores = {file for link in links if ".sqlite" in link and (file := Path(link)).exists()}
    return sum(file.stat().st_size for file in stores) / MEBIBYTE
