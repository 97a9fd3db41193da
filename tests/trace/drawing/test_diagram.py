"""The sequence diagram as SVG: lanes, arrows, what is marked, what is left out."""

from dataclasses import replace
from xml.etree import ElementTree

from simulator.trace import StepBegan, Trace
from simulator.trace.drawing.diagram import diagram
from simulator.trace.drawing.pictures import ATTACK, FAULT, REFUSED
from tests.notebook.recorded import attack
from tests.trace.examples import EXCHANGE, FAILURE, HEADER, JOINED, placed, trace


def texts(svg: str) -> list[str]:
    return ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def test_lanes_steps_messages_and_notes_are_written_out() -> None:
    found = texts(diagram(trace(EXCHANGE, JOINED), 60).svg)
    for said in ("a.example", "alice", "phone", "1  send", "deliver_message", "200", "joined at epoch 2"):
        assert said in found


def test_the_words_are_the_same_for_who_sees_no_picture() -> None:
    assert diagram(trace(EXCHANGE, JOINED), 60).words.splitlines() == [
        "1 send",
        "  11 b.example -> a.example: deliver_message 200",
        "  alice.phone: joined at epoch 2",
    ]


def test_faults_refusals_and_missing_answers_are_marked() -> None:
    refused = replace(EXCHANGE, status=403, refused=True, code="wrong_recipient", fault="delay", attempt=2)
    lost = replace(EXCHANGE, status=None, error="the connection broke")
    svg = diagram(trace(refused, lost, FAILURE), 60).svg
    found = texts(svg)
    assert "deliver_message attempt 2 ⚡ delay" in found
    assert "403 wrong_recipient" in found
    assert "✕ no answer: the connection broke" in found
    assert "TLS failed: unsupported protocol" in found
    assert f'stroke="{FAULT}"' in svg
    assert f'stroke="{REFUSED}"' in svg
    assert f'stroke="{ATTACK}"' not in svg


def test_an_attack_is_marked() -> None:
    began = StepBegan(started=1000.5, line=3, attack=True)
    picture = diagram(Trace(HEADER, placed(began, EXCHANGE)), 60)
    assert "1  send" + "attack" in texts(picture.svg)
    assert f'stroke="{ATTACK}"' in picture.svg


def test_what_is_left_out_is_said() -> None:
    found = texts(diagram(trace(EXCHANGE, EXCHANGE, JOINED, JOINED), 2).svg)
    assert found[-1].startswith("… and 5 more rows: diagram(rows=7)")
    assert "joined at epoch 2" not in found


def test_names_mean_only_themselves() -> None:
    picture = diagram(trace(replace(EXCHANGE, sender="<b>", endpoint="&<script>")), 60)
    assert {"<b>", "&<script>"} <= {*texts(picture.svg), *(each.split(" ")[0] for each in texts(picture.svg))}
    assert "<script>" not in picture.svg


def test_a_real_run_is_drawn_whole() -> None:
    found = texts(attack().diagram(rows=500).svg)
    assert "7  forwardattack" in found
    assert "403 wrong_recipient" in found
    assert sum(said == "deliver_message" for said in found) == 5
    assert not any(said.startswith("…") for said in found)


def test_where_there_are_too_many_clients_the_idle_ones_are_left_out() -> None:
    (first, second), client = HEADER.providers, HEADER.providers[0].clients[0]
    many = tuple(replace(client, name=f"user{number}.phone", uri=f"{client.uri}{number}") for number in range(20))
    header = replace(HEADER, providers=(replace(first, clients=(client, *many)), second))
    found = texts(diagram(Trace(header, placed(EXCHANGE, JOINED)), 60).svg)
    assert "alice" in found
    assert "user7" not in found


def test_nothing_to_draw_is_drawn_too() -> None:
    assert "a.example" in texts(diagram(Trace(HEADER, ()), 60).svg)


def test_many_lanes_make_a_picture_smaller_instead_of_wider() -> None:
    (first, _), client = HEADER.providers, HEADER.providers[0].clients[0]
    providers = tuple(
        replace(first, name=f"{name}.example", service_host=f"ds.{name}", clients=()) for name in "abcdefgh"
    )
    for count, least in ((2, 480), (8, 700)):
        header = replace(HEADER, providers=(replace(first, clients=(client,)), *providers[1:count]))
        root = ElementTree.fromstring(diagram(Trace(header, placed(EXCHANGE)), 60).svg)
        assert least <= float(root.get("width", "")) <= 860


def test_who_asks_itself_has_an_arrow_too() -> None:
    root = ElementTree.fromstring(diagram(trace(replace(EXCHANGE, sender="a.example")), 60).svg)
    arrows = [each for each in root.iter("{http://www.w3.org/2000/svg}line") if each.get("stroke-width") == "1.4"]
    assert len(arrows) == 2
    assert all(each.get("x1") != each.get("x2") for each in arrows)
