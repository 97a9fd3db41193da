"""What a draft sees of a request."""

from simulator.drafts.requests.wire_request import WireRequest


def test_the_elements_of_a_list_come_from_all_its_lines() -> None:
    headers = (("content-encoding", "identity, "), ("x", "y"), ("content-encoding", "GZip,br"))
    request = WireRequest("GET", "/", headers=headers)
    assert request.elements("content-encoding") == ("identity", "gzip", "br")
    assert request.elements("te") == ()


def test_a_header_may_stand_there_twice() -> None:
    request = WireRequest("GET", "/", headers=(("from", "mimi@a.example"), ("x", "y"), ("from", "mimi@b.example")))
    assert request.header("from") == "mimi@a.example"
    assert request.all("from") == ("mimi@a.example", "mimi@b.example")
    assert (request.header("to"), request.all("to")) == (None, ())


def test_nobody_has_a_certificate_unless_it_is_said() -> None:
    assert not WireRequest("GET", "/").covers("a.example")


def test_a_name_is_compared_without_regard_to_case_and_as_a_whole() -> None:
    shown = WireRequest("GET", "/", names=lambda: ("OWN.Example", "*.wild.example", "k.example"))
    assert all(shown.covers(name) for name in ("own.example", "own.EXAMPLE"))
    others = ("wn.example", "x.own.example", "a.wild.example", "own.example.", "", "\N{KELVIN SIGN}.example", "x")
    assert not any(shown.covers(name) for name in others)
