"""What a change of the layout explains."""

from dataclasses import replace

from simulator.codec.layout import EnumLayout, FieldLayout, NamedType, UIntType, WireLayout
from simulator.trace import Dissection, Node
from simulator.trace.comparing.canonical import Body, Message
from simulator.trace.comparing.layouts import LayoutChanges
from simulator.trace.layout import Layout
from tests.trace.examples import LAYOUT


def of(struct: str, *fields: FieldLayout, kinds: dict[str, int] | None = None) -> Layout:
    wire = WireLayout({"Question": (), struct: fields}, {"Kind": EnumLayout(1, kinds or {"a": 1})})
    return replace(LAYOUT, wire=wire, endpoints={"ask": replace(LAYOUT.endpoints["ask"], request=struct)})


def message(*values: tuple[str, str, str]) -> Message:
    """A request that is an Ask with these fields: name, type, value."""
    children = tuple(Node(name, name, type_, value, 0, 2) for name, type_, value in values)
    tree = Dissection(Node("Ask", "", "Ask", "", 0, 2, children))
    return Message("ask", {}, Body(b"??", lambda: tree), Body(b"", lambda: None))


NUMBER = FieldLayout("number", UIntType(2))
KIND = FieldLayout("kind", NamedType("Kind"))
ASKED = message(("number", "uint16", "1"), ("kind", "Kind", "a(1)"))


def test_a_message_counts_for_what_shows_in_it() -> None:
    changes = LayoutChanges(of("Ask", NUMBER), of("Ask", NUMBER, KIND))
    changes.note("x", "step 1 send", ASKED, ASKED)
    changes.note("y", "step 2 send", None, ASKED)
    (found,) = changes.findings()
    assert found.sentence == "Ask: field kind (Kind) added after number"
    assert (found.messages, found.scenarios, found.before, found.after) == (2, 2, 2, 4)
    assert found.example == "x, step 1 send"
    assert changes.explains_size(ASKED.request.root)
    assert changes.signed


def test_a_value_with_another_number_shows_only_where_it_is() -> None:
    changes = LayoutChanges(of("Ask", KIND, kinds={"a": 1, "b": 2}), of("Ask", KIND, kinds={"a": 1, "b": 7}))
    changes.note("x", "", ASKED, ASKED)
    assert [each.messages for each in changes.findings()] == [0]
    other = message(("kind", "Kind", "b(7)"))
    changes.note("x", "", other, other)
    assert [each.messages for each in changes.findings()] == [1]
    assert not changes.explains_size(other.request.root)


def test_a_renamed_endpoint_explains_its_messages_and_a_method_the_fact() -> None:
    ask = LAYOUT.endpoints["ask"]
    renamed = LayoutChanges(LAYOUT, replace(LAYOUT, endpoints={"tell": replace(ask, path="/tell")}))
    renamed.note("x", "", None, replace(ASKED, endpoint="tell"))
    assert [each.messages for each in renamed.findings()] == [1]
    assert renamed.old.name("ask") == "tell"
    assert renamed.back[0].name("tell") == "ask"
    assert not renamed.signed
    put = LayoutChanges(LAYOUT, replace(LAYOUT, endpoints={"ask": replace(ask, method="PUT")}))
    assert put.explains_fact("ask", "method", "POST", "PUT")
    assert not put.explains_fact("ask", "status", "POST", "PUT")


def test_what_has_another_name_has_it_in_texts_too_and_bytes_that_moved_stand_elsewhere() -> None:
    ask = LAYOUT.endpoints["ask"]
    path = LayoutChanges(LAYOUT, replace(LAYOUT, endpoints={"ask": replace(ask, path="/v2/ask")}))
    assert path.alike(f"{ask.path} rejected: byte 2", "/v2/ask rejected: byte 2")
    assert not path.alike(f"{ask.path} rejected: byte 2", "/v2/ask rejected: byte 7")  # no byte has moved
    assert not path.alike(f"{ask.path} rejected", "/v2/ask refused")
    assert path.hides("/v2/ask rejected")
    assert not path.hides("/v2/asking rejected: byte 2")
    added = LayoutChanges(of("Ask", NUMBER), of("Ask", NUMBER, KIND))
    assert added.alike("no Ask: byte 2: needs 1 byte, 0 left", "no Ask: byte 3")
    assert added.hides("byte 3")
    shown = message(("number", "uint16", "1"), ("why", "utf8<V>", "cut off at byte 3"))
    assert added.explains_size(shown.request.root)


def test_a_value_with_another_name_shows_only_where_it_is() -> None:
    changes = LayoutChanges(of("Ask", KIND, kinds={"a": 1, "b": 2}), of("Ask", KIND, kinds={"a": 1, "c": 2}))
    changes.note("x", "", ASKED, ASKED)
    assert [each.messages for each in changes.findings()] == [0]
    other = message(("kind", "Kind", "c(2)"))
    changes.note("x", "", other, other)
    assert [each.messages for each in changes.findings()] == [1]
