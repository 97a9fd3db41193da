"""What can be left out."""

from simulator.sweep.shrinking.cuts import of_expectations, of_steps, of_the_rest

DATA = {
    "name": "x",
    "tags": ["slow"],
    "topology": {"providers": {"a.example": {"users": {"alice": ["phone", "laptop"], "adam": ["phone"]}}}},
    "steps": [{"send": {"by": "alice", "to": ["b", "c"]}, "expect": {"delivered": {}}}, {"crash": "a.example"}],
}


def test_steps_go_in_rows_from_the_end() -> None:
    data = {"steps": [1, 2, 3, 4, 5]}
    assert [fewer["steps"] for fewer in of_steps(data, 2)] == [[1, 2, 3], [1, 4, 5], [2, 3, 4, 5]]


def test_whatever_is_somewhere_can_go() -> None:
    found = list(of_the_rest(DATA))
    assert {name: value for name, value in DATA.items() if name != "tags"} in found
    topologies = [data["topology"] for data in found]
    assert {"providers": {"a.example": {"users": {"adam": ["phone"]}}}} | {} in topologies
    assert {"providers": {"a.example": {"users": {"alice": ["laptop"], "adam": ["phone"]}}}} in topologies
    steps = [data["steps"][0] for data in found]
    assert {"send": {"by": "alice", "to": ["b", "c"]}} in steps
    assert {"send": {"by": "alice", "to": ["c"]}, "expect": {"delivered": {}}} in steps


def test_what_a_file_needs_stays() -> None:
    assert all({"name", "topology", "steps"} <= set(data) for data in of_the_rest(DATA))


def test_what_all_but_the_last_expect_goes_at_once() -> None:
    steps = [
        {"a": 1, "expect": {"x": 1, "y": 2}},
        {"b": 1, "expect": {"y": 2}},
        {"c": 1, "expect": [{"x": 1}]},
        {"d": 1, "expect": {"x": 1}},
    ]
    bare, without_x, without_y = (data["steps"] for data in of_expectations({"steps": steps}))
    assert bare == [{"a": 1}, {"b": 1}, {"c": 1}, steps[3]]
    assert without_x == [{"a": 1, "expect": {"y": 2}}, *steps[1:]]
    assert without_y == [{"a": 1, "expect": {"x": 1}}, {"b": 1}, *steps[2:]]


def test_links_go_so_that_their_providers_can() -> None:
    network = {"latency": "1 ms", "links": {"a -> b": {"loss": "1 %"}, "b -> a": {"loss": "2 %"}}}
    found = [data.get("network") for data in of_the_rest({**DATA, "network": network})]
    assert None in found
    assert {**network, "links": {"a -> b": {"loss": "1 %"}}} in found
    assert {"links": network["links"]} in found
