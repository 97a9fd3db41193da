"""What a hub's operator has to read."""

import pytest

from simulator.federation.control.actions.reports import Message, Reports
from simulator.federation.control.operator import NotFound, Operator
from simulator.storage import AbuseReport

REPORT = AbuseReport(b"mimi://a.example/g/1", "c.example", "", "mimi://b.example/u/bob", "Spam", ((7, b"coins"),), 100)


async def test_what_is_kept(operator: Operator) -> None:
    operator.provider("a.example").executor.store.abuse_reports.add(REPORT, keep=10, most_bytes=100)
    (told,) = (await Reports(provider="a.example").run(operator)).reports
    assert (told.group, told.reporter, told.abuser) == ("mimi://a.example/g/1", None, "mimi://b.example/u/bob")
    assert told.messages == (Message(accepted=7, text="coins"),)
    assert (await Reports(provider="b.example").run(operator)).reports == ()


async def test_of_nobodys_provider(operator: Operator) -> None:
    with pytest.raises(NotFound):
        await Reports(provider="a.exampel").run(operator)
