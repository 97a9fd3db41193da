"""How pages begin."""

from simulator.trace.page_head import page_head
from simulator.trace.policy import policy


def test_it_has_its_styles_and_permits_only_these() -> None:
    head = "\n".join(page_head("a &amp; b", "p { color: red; }"))
    assert head.startswith("<!doctype html>\n")
    assert "<title>a &amp; b</title><style>p { color: red; }</style>" in head
    assert f'content="{policy("p { color: red; }")}"' in head
    assert policy("p { color: red; }") != policy("p { color: green; }")
