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
    assert WireRequest("GET", "/", covers="a.example".__eq__).covers("a.example")
