"""What libyaml makes of a text is what ruamel makes of it, with the same places; all else is left to ruamel."""

from pathlib import Path

import pytest

from simulator.scenario.loading import libyaml, tree
from simulator.scenario.loading.problems import Problems, Source

pytest.importorskip("yaml")

READ = {
    "blocks": 'name: x\nsteps:\n  - send: {by: alice, text: "a: b"}\n  - [1, 2.5, true, ~, yes, 12:30, 30d, -0.5]\n',
    "texts": "a: |\n  two\n  lines\n\nb: >-\n  folded\n  text\nc: 'it''s'\nd: \"\\u00e9\\n\"\ne: https://x/y#z\nf:\n",
    "a comment": "# said first\na: 1  # and behind\n\n# last\n",
    "a flow of several lines": "a: {b: c,\n    d: [e,\n  f]}\n",
    "anchors": "a: &x b\nc: [*x, &y {d: e}]\nf: *y\ng: &z [1,\n  2]\nh: *z\n",
    "a backtick": "a: |\n  of `b`\n",
}
LEFT = {
    "nothing": "",
    "only a comment": "# a\n",
    "no end of the last line": "a: b",
    "a tab": "a:\tb\n",
    "an anchor in itself": "a: &x [b, *x]\n",
    "an anchor twice": "a: &x b\nc: &x d\ne: *x\n",
    "an odd anchor": "a: &x- b\n",
    "an alias of nothing": "a: &x\nb: *x\n",
    "an alias without an anchor": "a: *x\n",
    "an alias as a name": "a: &x b\n*x : c\n",
    "a tag": "a: !!str 1\n",
    "a directive": "%YAML 1.2\n---\na: b\n",
    "two documents": "a: b\n---\nc: d\n",
    "no YAML": "a: {b\n",
    "a line break of its own": "a: b\u2028c\n",
    "numbers as they are seldom written": "a: 0o17\n",
    "a number that is too large": "a: 12345678901234567890\n",
    "no number": "a: .nan\n",
    "a merge key": "<<: {a: b}\n",
    "a name twice": "a: 1\na: 2\n",
    "what is no name": "{1: a, [b]: c}: d\n",
    "half a character": 'a: "\\ud800"\n',
    "a reserved character": "a: `b`\n",
    "very deep": f"a: {'[' * 60}{']' * 60}\n",
    "very long": f"a: {'- ' * 2000}\n",
}


def parsed(text: str) -> tuple[str, list[str]]:
    problems = Problems("file.yaml", text)
    return repr(tree.parse(text, problems)), list(map(repr, problems.found))


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_it_reads_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert libyaml.tree(text, Source("file.yaml")) is not None
    quick = parsed(text)
    monkeypatch.setattr(libyaml, "tree", lambda text, source: None)
    assert quick == parsed(text)


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_it_leaves_to_ruamel(text: str) -> None:
    assert libyaml.tree(text, Source("file.yaml")) is None


def test_it_reads_nearly_all_that_is_shipped() -> None:
    texts = [file.read_text("utf-8") for file in sorted(Path("scenarios").rglob("*.yaml"))]
    assert sum(libyaml.tree(text, Source("")) is not None for text in texts) > len(texts) * 0.9


SCALARS = """
0 -0 +1 007 1_000 0x1f 0b1 0o7 1. .5 -.5 1.5e3 1e5 1e+5 0.10 _1 1_ 30d 5s 1.2.3.4 2023-01-01 2023-01-01T00:00:00Z
12:30:45 - -- -a + . .. e5 null Null nul ~ ~x true True yes off = == <<  < .inf -.Inf .NaN x *x &x !x @x `x` %x |
"""


@pytest.mark.parametrize("scalar", SCALARS.split())
def test_a_scalar_means_the_same(scalar: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = f"a: [{scalar}, '{scalar}']\n{scalar}: b\n"
    quick = parsed(text)
    monkeypatch.setattr(libyaml, "tree", lambda text, source: None)
    assert quick == parsed(text)
