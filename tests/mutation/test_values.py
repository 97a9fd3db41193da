"""Wire values as trees."""

from dataclasses import replace

from simulator.codec import decode, encode
from simulator.codec.declare import wire_of
from simulator.drafts.mimi_protocol_06.messages.notify import FanoutMessage
from simulator.fuzzing.whole_group import NOW, WholeGroup
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.extensions.extension import Extension, ExtensionType, RequiredCapabilities
from simulator.mls.tree.leaf_node import Lifetime
from simulator.mutation.randomness import seeded
from simulator.mutation.values import Pool, put, repaired, show, spots


def test_what_comes_or_goes_by_a_repair_is_repaired_too() -> None:
    """A commit with proposals beside it, where there may be none, and the first of these is broken itself."""
    whole = WholeGroup.of("alice", "bob")
    commit = whole.groups["alice"].commit((), SeededRand(1, "commit"), NOW, force_path=True).message
    broken = replace(commit, body=replace(commit.body, confirmation_tag=None))
    news, wire = FanoutMessage(1, commit, more_proposals=(broken,)), wire_of(FanoutMessage)
    mended = repaired(wire, news, Pool([(wire, FanoutMessage(1, commit, external_proposals=()))]), seeded(1))
    assert mended.more_proposals is None
    assert mended.external_proposals is not None
    assert decode(FanoutMessage, encode(mended)) == mended


def test_parts_in_the_body_of_an_extension() -> None:
    body = RequiredCapabilities((1, 2), (), ())
    extension = Extension(ExtensionType.required_capabilities, encode(body))
    pool = Pool()
    found = {show(spot.path): spot for spot in spots(wire_of(Extension), extension, pool.bodies)}
    spot = found[".extension_data().extension_types"]
    other = put(extension, spot.path, (7,))
    assert decode(RequiredCapabilities, other.extension_data).extension_types == (7,)


def test_a_draft_s_own_extensions_are_known_by_what_it_says() -> None:
    extension = Extension(0xF123, b"\x00\x07")
    own = Extension(0xF123, encode(Lifetime(3, 4)))
    bodies = Pool(bodies={0xF123: Lifetime}).bodies
    assert ".extension_data().not_after" in {show(spot.path) for spot in spots(wire_of(Extension), own, bodies)}
    assert len(list(spots(wire_of(Extension), extension, bodies))) == 3, "what is malformed has no parts"


def test_what_was_seen_somewhere_may_stand_there_again() -> None:
    wire = wire_of(Extension)
    pool = Pool([(wire, Extension(5, b"abc"))])
    assert pool.like(wire, ()) == (Extension(5, b"abc"),)
    assert Extension(5, b"abc") in {pool.make(wire, (), seeded(number)) for number in range(20)}
    assert len({pool.make(wire, (), seeded(number)) for number in range(60)}) > 3
