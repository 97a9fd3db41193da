"""Traffic: its tables, and how one finds a message in it."""

from dataclasses import replace

import pytest

from simulator.notebook.errors import Refused
from simulator.notebook.traffic import Traffic
from tests.notebook.recorded import attack
from tests.trace.examples import EXCHANGE, JOINED, placed, trace
from tests.trace.tokens.exchanges import challenged, paid


def test_the_tables_hold_all_exchanges_and_all_events() -> None:
    traffic = attack()
    frame = traffic.exchanges()
    assert frame.height == len(traffic.trace.exchanges)
    assert "request" not in frame.columns
    assert traffic.exchanges(bodies=True)["request"][0] == traffic.trace.exchanges[0].request
    assert "wrong_recipient" in traffic.events()["rule"].to_list()


def test_during_keeps_what_happened_in_some_steps() -> None:
    traffic = attack()
    by_number, by_name = traffic.during(7), traffic.during("forward")
    assert by_number.trace == by_name.trace
    assert by_number.exchanges()["step_number"].unique().to_list() == [7]
    assert traffic.during(3, "forward").exchanges()["step_number"].unique().sort().to_list() == [3, 7]


def test_a_step_that_is_not_there_is_refused() -> None:
    with pytest.raises(Refused, match="no step 99"):
        attack().during(99)
    with pytest.raises(Refused, match=r"no step '7 forwart'.*7 forward"):
        attack().during("7 forwart")


def test_fields_are_found_in_all_messages() -> None:
    traffic = attack()
    assert traffic.fields("no_such_field").height == 0
    found = traffic.fields("recipients")
    delivered = [each.number for each in traffic.trace.exchanges if each.endpoint == "deliver_message"]
    assert set(delivered) <= set(found["number"].to_list())
    assert found["bytes"].min() > 0
    assert set(found["part"].to_list()) == {"request"}


def test_connections_know_the_bytes_of_the_wire() -> None:
    traffic = attack()
    frame = traffic.connections()
    bodies = sum(len(each.request) + len(each.response) for each in traffic.trace.exchanges)
    assert frame["bytes_out"].sum() + frame["bytes_in"].sum() > bodies
    assert set(frame["tls_version"].to_list()) == {"TLSv1.3"}


def test_the_bytes_of_some_steps_may_go_over_earlier_connections() -> None:
    whole, some = attack().connections(), attack().during("forward").connections()
    assert some.height == whole.height
    assert 0 < some["bytes_out"].sum() < whole["bytes_out"].sum()


def test_without_recorded_bytes_a_connection_says_none() -> None:
    traffic = attack()
    bare = tuple(event for event in traffic.trace.events if type(event).__name__ != "Segment")
    frame = Traffic(type(traffic.trace)(traffic.trace.header, bare)).connections()
    assert frame.height == traffic.connections().height
    assert frame["bytes_out"].to_list() == [None] * frame.height


def test_a_message_is_shown_with_its_fields() -> None:
    traffic = attack()
    delivered = next(each for each in traffic.trace.exchanges if each.endpoint == "deliver_message")
    shown = traffic.message(delivered.number)
    assert shown.html == traffic.message(delivered).html
    assert f"{len(delivered.request)} bytes" in repr(shown)
    assert "recipients" in shown._repr_html_()
    assert "response, " in traffic.message(delivered, "response")._repr_html_()


def test_a_message_without_a_body_or_a_meaning_says_so() -> None:
    assert "no body" in repr(attack().message(attack().trace.exchanges[0]))
    assert "nobody can decode" in repr(Traffic(trace(EXCHANGE)).message(11))


def test_a_number_that_is_no_exchange_is_refused() -> None:
    with pytest.raises(Refused, match="number 12 is no exchange; the nearest is 11"):
        Traffic(trace(EXCHANGE, JOINED)).message(12)


def test_costs_by_something_unknown_are_refused() -> None:
    with pytest.raises(Refused, match="by endpoint"):
        Traffic(trace(EXCHANGE)).cost("endpiont")


def test_it_says_what_it_is() -> None:
    traffic = Traffic(trace(EXCHANGE))
    assert repr(traffic) == "<traffic of joins/second-device: 1 exchanges, 16 bytes in bodies>"
    assert "A second device" in traffic._repr_html_()
    assert "deliver_message" in repr(traffic.diagram())
    assert "1 requests" in repr(traffic.timeline())
    assert "deliver_message" in repr(traffic.latency())


def test_a_message_tells_what_its_headers_say_of_tokens() -> None:
    traffic = Traffic(trace(challenged(), paid()))
    assert "www-authenticate: wants a token of b.example" in repr(traffic.message(11, "response"))
    assert "authorization: a token of b.example for ds.b.example" in repr(traffic.message(12))
    assert "www-authenticate" not in repr(traffic.message(11))
    assert traffic.exchanges()["tokens"].null_count() == 0


def test_anonymity_is_measured_in_a_step() -> None:
    with pytest.raises(Refused, match="nobody paid with a token during 7 forward"):
        attack().anonymity("forward", "b.example")


def test_who_learned_whom_by_the_bytes_of_a_run() -> None:
    trace_ = attack().trace
    before = attack().disclosures()
    planted = next(each for each in trace_.exchanges if (each.sender, each.to) == ("a.example", "c.example"))
    changed = replace(planted, request=planted.request + b"mimi://z.example/u/planted")
    events = tuple(changed if each is planted else each for each in trace_.events)
    after = Traffic(replace(trace_, events=events))
    new = [row for row in after.disclosures().rows() if row not in before.rows()]
    assert [row[:3] for row in new] == [("c.example", "mimi://z.example/u/planted", planted.number)]
    told = repr(after.who_learned_whom())
    assert f"{planted.number} {planted.endpoint}, request" in told
    assert "planted at z.example" in told


def test_tokens_are_told_where_there_are_some() -> None:
    assert repr(attack().tokens()) == "There are no tokens here."
    assert "Redeemed and refused" in repr(Traffic(trace(challenged(), paid())).tokens())


def test_a_token_of_a_later_step_says_what_it_is_for() -> None:
    events = (*placed(challenged()), *placed(paid(), step="2 pay", number=2))
    later = Traffic(replace(trace(), events=events)).during(2)
    assert later.exchanges()["tokens"][0].startswith("a token of b.example for ds.b.example")
