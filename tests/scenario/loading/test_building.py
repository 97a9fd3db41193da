"""What ruamel has read becomes the same tree, with all that there is to say about it."""

import pytest

from simulator.scenario.loading import building, libyaml
from simulator.scenario.loading.problems import Problems

TEXT = "a: [1, -2.5, true, ~, b]\nc: &x {d: 'e'}\nf: *x\n"


def test_it_is_the_tree_that_libyaml_has() -> None:
    pytest.importorskip("yaml")
    problems = Problems("x.yaml", TEXT)
    assert building.tree(TEXT, problems, problems.source) == libyaml.tree(TEXT, problems.source) is not None
    assert problems.found == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1: the file is empty"),
        ("a: 1\na: 2\n", '2:1: "a" is here twice (first in line 1)'),
        ("a: !x b\n", '1:4: a scenario has no use for the tag "!x"'),
        ("a: &x [*x]\n", "1:4: an alias can't stand inside of its own anchor"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, said: str) -> None:
    problems = Problems("x.yaml", text)
    building.tree(text, problems, problems.source)
    assert str(problems.found[0]).splitlines()[0] == f"x.yaml:{said}"
