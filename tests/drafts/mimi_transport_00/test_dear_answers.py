"""Answers that take long to read: made alike for a provider and a time, as large as they say, each at its endpoint."""

from simulator.drafts.adversary import DearAnswer
from simulator.drafts.mimi_transport_00.dear_answers import ANSWERS
from simulator.drafts.registry import find

NOW = 1_700_000_000
LARGEST = 16 * 1024 * 1024


class Asked:
    """A client that only notes what it is told to do."""

    def __init__(self) -> None:
        self.done: list[str] = []

    async def join(self, group: str) -> object:
        self.done.append(f"join {group}")
        return None

    async def connect(self, user: str) -> object:
        self.done.append(f"connect {user}")
        return None


async def test_each_is_asked_for_where_it_is_answered() -> None:
    asked = Asked()
    for name in ("a crowded leaf", "16 MiB of blank nodes", "16 MiB of KeyPackages"):
        made = ANSWERS[name]("b.example", NOW)
        assert isinstance(made, DearAnswer)
        assert find("mimi-transport-00").named(made.endpoint).name == made.endpoint
        await made.ask(asked)
    assert asked.done == [
        "join mimi://b.example/g/trap", "join mimi://b.example/g/trap", "connect mimi://b.example/u/alice",
    ]  # fmt: skip


def test_the_large_ones_fill_an_answer() -> None:
    sizes = {name: len(make("a.example", NOW).body) for name, make in ANSWERS.items() if name.startswith("16 MiB")}
    assert len(sizes) == 3
    assert all(LARGEST - 1000 < size <= LARGEST for size in sizes.values()), sizes


def test_it_follows_from_provider_and_time() -> None:
    make = ANSWERS["a crowded leaf"]
    assert make("a.example", NOW).body == make("a.example", NOW).body
    assert make("a.example", NOW).body != make("b.example", NOW).body
    assert make("a.example", NOW).body != make("a.example", NOW + 1).body
