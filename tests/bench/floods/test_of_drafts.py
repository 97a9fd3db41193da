from simulator.bench.floods.http import BODY
from simulator.bench.floods.of_drafts import filled, floods
from simulator.drafts import DRAFTS
from simulator.drafts.adversary import RepeatedItem


def test_a_body_is_as_large_as_it_may_be() -> None:
    body = filled(RepeatedItem("x", lambda sender, recipient: f"{sender} {recipient}".encode(), b"abc"), "r")
    assert body.startswith(b"m.example r\x80")
    assert BODY - 3 < len(body) <= BODY
    assert body.endswith(b"abcabc")


def test_every_draft_is_flooded_with_http_and_with_what_it_has() -> None:
    for draft in DRAFTS:
        names = [name for name, _ in floods(draft, "host.example", "a.example", "b.example")]
        assert "PING" in names
        assert [name for name in names if name.endswith(" for another provider")] == [
            f"4 MiB of {name} for another provider" for name in draft.adversary.repeated
        ]
