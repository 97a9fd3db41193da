"""What libyaml makes of a text is what ruamel makes of it, with the same places; all else is left to ruamel."""

from pathlib import Path

import pytest

from simulator.scenario.loading import libyaml, tree
from simulator.scenario.loading.problems import Problems

pytest.importorskip("yaml")

READ = {
    "blocks": 'name: x\nsteps:\n  - send: {by: alice, text: "a: b"}\n  - [1, 2.5, true, ~, 0o17, 0x1F, yes, 12:30]\n',
    "texts": "a: |\n  two\n  lines\n\nb: >-\n  folded\n  text\nc: 'it''s'\nd: \"\\u00e9\\n\"\ne: https://x/y#z\nf:\n",
    "a name twice": "a: 1\na: 2\n",
    "a comment": "# said first\na: 1  # and behind\n\n# last\n",
    "a flow of several lines": "a: {b: c,\n    d: [e,\n  f]}\n",
    "what is no name": "{1: a, [b]: c}: d\n",
}
LEFT = {
    "nothing": "",
    "only a comment": "# a\n",
    "no end of the last line": "a: b",
    "a tab": "a:\tb\n",
    "an anchor": "a: &x b\nc: *x\n",
    "a tag": "a: !!str 1\n",
    "a directive": "%YAML 1.2\n---\na: b\n",
    "two documents": "a: b\n---\nc: d\n",
    "no YAML": "a: {b\n",
    "a line break of its own": "a: b\u2028c\n",
    "very deep": f"a: {'[' * 60}{']' * 60}\n",
    "very long": f"a: {'- ' * 2000}\n",
}


def parsed(text: str) -> tuple[str, list[str]]:
    problems = Problems("file.yaml", text)
    return repr(tree.parse(text, problems)), list(map(repr, problems.found))


@pytest.mark.parametrize("text", READ.values(), ids=READ)
def test_it_reads_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert libyaml.composed(text) is not None
    quick = parsed(text)
    monkeypatch.setattr(libyaml, "composed", lambda text: None)
    assert quick == parsed(text)


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_it_leaves_to_ruamel(text: str) -> None:
    assert libyaml.composed(text) is None


def test_it_reads_nearly_all_that_is_shipped() -> None:
    texts = [file.read_text("utf-8") for file in sorted(Path("scenarios").rglob("*.yaml"))]
    assert sum(libyaml.composed(text) is not None for text in texts) > len(texts) * 0.8
