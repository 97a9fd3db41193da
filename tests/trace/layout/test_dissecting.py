"""By its layout alone, a body becomes the tree that the draft's own structs give."""

import random
from dataclasses import replace

import pytest

from simulator.codec.layout import NamedType
from simulator.drafts.dissection import Dissector
from simulator.drafts.draft_layout import layout_of
from simulator.mls.proposals.app_data_update import AppDataUpdate
from simulator.trace import Part
from simulator.trace.layout import LayoutDissector, from_json, to_json
from tests.drafts.test_opaque_bodies import ROSTER, Profile, Roster, Wish
from tests.trace.layout.recorded_bodies import DRAFT, record, shipped

BY_CLASSES = Dissector(DRAFT)
BY_LAYOUT = LayoutDissector(from_json(to_json(shipped())))


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[str, Part, bytes], ...]:
    return record(tmp_path_factory.mktemp("recorded"))


def test_all_bodies_give_the_same_tree(bodies: tuple[tuple[str, Part, bytes], ...]) -> None:
    trees = [BY_CLASSES(*body) for body in bodies]
    assert len(trees) > 60
    assert any(tree is not None and tree.error for tree in trees)
    paths = {node.path.rpartition(".")[2] for tree in trees if tree for node in tree.root.walk()}
    assert {"versions", "external_pub", "confirmation_tag", "current_epoch"} & paths >= {"versions", "confirmation_tag"}
    assert [BY_LAYOUT(*body) for body in bodies] == trees


def test_spoilt_bodies_give_the_same_tree_and_the_same_error(bodies: tuple[tuple[str, Part, bytes], ...]) -> None:
    chance = random.Random(13)
    small = [body for body in bodies if 0 < len(body[2]) < 2000]
    for _ in range(1500):
        endpoint, part, data = chance.choice(small)
        spoilt = bytearray(data)
        for _ in range(chance.choice((1, 1, 4))):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        if chance.random() < 0.2:
            del spoilt[chance.randrange(len(spoilt)) :]
        assert BY_LAYOUT(endpoint, part, bytes(spoilt)) == BY_CLASSES(endpoint, part, bytes(spoilt))


def test_what_is_no_body_is_none() -> None:
    for endpoint, part, data in (("verification_key", "request", b""), ("elsewhere", "request", b"\x00")):
        assert BY_LAYOUT(endpoint, "request", data) is None, part
    assert BY_LAYOUT("ds_domain", "request", b"x") is None
    assert BY_LAYOUT("ds_domain", "response", b"x\n") == BY_CLASSES("ds_domain", "response", b"x\n")
    assert BY_LAYOUT("/verification_key", "request", b"\x00\x01") == BY_CLASSES(
        "verification_key", "request", b"\x00\x01"
    )


def test_what_a_profile_has_in_opaque_fields_is_in_the_layout() -> None:
    layout = layout_of(replace(DRAFT, mls=Profile()))
    held = {(body.struct, body.field): body for body in layout.wire.bodies}
    assert held["ComponentData", "data"].types[ROSTER] == NamedType(Roster.__name__)
    update = held["ComponentUpdate", "update"]
    assert (update.inside, update.number) == (AppDataUpdate.__name__, "component_id")
    assert update.types == {ROSTER: NamedType(Wish.__name__)}
    assert held["FramedContent", "authenticated_data"].types == {0: NamedType("SafeAAD")}
