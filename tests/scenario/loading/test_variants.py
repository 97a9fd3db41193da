"""Parameters and matrix become combinations."""

import msgspec
import pytest

from simulator.scenario.loading.nodes import Mapping
from simulator.scenario.loading.problems import Problems
from simulator.scenario.loading.substitution import Plain
from simulator.scenario.loading.tree import parse
from simulator.scenario.loading.variants import SETTINGS, Variant, variants
from simulator.scenario.topology import Topology


def combined(text: str, **given: Plain) -> tuple[tuple[Variant, ...], list[str]]:
    problems = Problems("x.yaml", text)
    root = parse(text, problems)
    assert isinstance(root, Mapping)
    found = variants(root, given, problems)
    return found, [f"{p.span.line}:{p.span.column} {p.message}" for p in problems.found if p.span]


def test_without_anything_there_is_one() -> None:
    (only,), complaints = combined("name: x")
    assert (only.choice, only.values, only.settings, only.suffix) == ({}, {}, {}, "")
    assert complaints == []


def test_parameters_and_what_is_given_in_their_place() -> None:
    (only,), _ = combined("parameters: {members: 3, text: hi, slow: false}", members=5, unknown=1)
    assert only.values == {"members": 5, "text": "hi", "slow": False}
    assert (only.choice, only.suffix) == ({}, "")


def test_every_combination_in_the_order_of_the_file() -> None:
    found, _ = combined("parameters: {n: 1}\nmatrix: {suite: [1, 3], n: [7, 8], http2: true}")
    assert [each.suffix for each in found] == [
        "[suite=1,n=7,http2=true]",
        "[suite=1,n=8,http2=true]",
        "[suite=3,n=7,http2=true]",
        "[suite=3,n=8,http2=true]",
    ]
    assert found[1].values == {"n": 8, "suite": 1, "http2": True}
    assert {name: node.value for name, node in found[1].settings.items()} == {"suite": 1, "http2": True}
    assert found[2].settings["suite"].span.column == 21


def test_an_axis_can_be_given() -> None:
    found, _ = combined("matrix: {suite: [1, 3], http2: [false, true]}", suite=3)
    assert [each.suffix for each in found] == ["[suite=3,http2=false]", "[suite=3,http2=true]"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("parameters: [1]", "1:13 expected parameters with their values: {members: 3}"),
        ("parameters: {n: [1]}", "1:17 a parameter is a text, a number, true or false"),
        ("parameters: {n: }", "1:14 a parameter is a text, a number, true or false"),
        ("parameters: {N: 1}", '1:14 "N" can\'t be a parameter: a lower case letter, then letters, digits and _'),
        ("parameters: {round: 1}", '1:14 "round" is the number of a repetition'),
        (
            "parameters: {a: x, b: x}\nmatrix: {a: [x, 'x,b=y'], b: ['y,b=z', z]}",
            "2:1 more than one of these combinations would be called [a=x,b=y,b=z]",
        ),
        ("parameters: {a: 1}\nmatrix: {a: [1, '1']}", "2:1 more than one of these combinations would be called [a=1]"),
        ("matrix: 3", "1:9 expected what varies with its values: {suite: [1, 3]}"),
        ("matrix: {siute: [1]}", '1:10 nothing is called "siute" that a matrix could vary (did you mean "suite"?)'),
        ("matrix: {suite: []}", "1:17 a matrix needs one value or more"),
        ("matrix: {suite: [1, 3, 1]}", "1:24 1 is here twice"),
        ("matrix: {suite: [{}]}", "1:18 expected a text, a number, true or false"),
    ],
)
def test_what_is_wrong_is_said_at_its_place(text: str, complaint: str) -> None:
    assert complaint in combined(text)[1]


def test_what_can_vary_is_listed_once_and_how_to_declare_more() -> None:
    (complaint,) = combined("parameters: {users: 1}\nmatrix: {dark: [1]}")[1]
    assert complaint == (
        '2:10 nothing is called "dark" that a matrix could vary (declare it: parameters: {dark: ...}); '
        "known: users, draft, mutual_tls, http2, suite, key_packages, last_resort, providers, clients"
    )
    assert "declare" not in combined("matrix: {X: [1]}")[1][0]


def test_true_and_one_are_two_values() -> None:
    assert combined("parameters: {n: 1}\nmatrix: {n: [1, true]}")[1] == []


def test_too_many_combinations_are_a_mistake() -> None:
    numbers = str(list(range(25)))
    text = f"parameters: {{a: 1, b: 1}}\nmatrix: {{a: {numbers}, b: {numbers}}}"
    assert combined(text) == ((), ["2:1 625 combinations: 500 are the most"])


def test_what_a_matrix_sets_is_in_the_topology() -> None:
    assert set(SETTINGS) <= {field.name for field in msgspec.structs.fields(Topology)}
