"""Welcomes: who is in which, and what they hold."""

from simulator.codec import encode
from simulator.mls.extension import ExtensionType
from simulator.mls.group import open_welcome
from simulator.mls.key_package import KeyPackage
from simulator.mls.welcome import Welcome
from tests.mls.room import Person, Room, addition

NAMES = ("alice", "bob")


def first_letter(key_package: KeyPackage) -> str:
    """A stand-in for the provider of a client."""
    return key_package.leaf_node.credential.identity[:1].decode()


def prepared(room: Room, *names: str, **options: object) -> list[Welcome]:
    """The Welcomes for these, invited in one Commit."""
    bundle = room.prepare("alice", *(addition(room, name) for name in names), **options)
    return [message.body for message in bundle.welcomes]


def references(*people: Person) -> list[bytes]:
    """The KeyPackageRefs of these, one each."""
    return [person.bundles[-1].reference for person in people]


def test_there_is_one_welcome_for_all_by_default() -> None:
    room = Room.of(*NAMES)
    (welcome,) = prepared(room, "carol", "dave")
    people = [room.people["carol"], room.people["dave"]]
    assert [entry.new_member for entry in welcome.secrets] == references(*people)


def test_no_newcomers_no_welcome() -> None:
    assert prepared(Room.of(*NAMES)) == []


def test_a_welcome_names_only_those_it_is_for() -> None:
    room = Room.of(*NAMES)
    names = ("c1", "d1", "c2", "d2", "e1")
    welcomes = prepared(room, *names, welcome_per=first_letter)
    people = {name: references(room.people[name])[0] for name in names}
    assert [[entry.new_member for entry in welcome.secrets] for welcome in welcomes] == [
        [people["c1"], people["c2"]],
        [people["d1"], people["d2"]],
        [people["e1"]],
    ]
    assert len({welcome.encrypted_group_info for welcome in welcomes}) == 1


def test_everybody_joins_by_its_own_welcome() -> None:
    room = Room.of(*NAMES)
    room.commit("alice", *(addition(room, name) for name in ("c1", "d1", "c2")), welcome_per=first_letter)
    room.commit("bob", *(addition(room, name) for name in ("e1", "f1")), welcome_per=first_letter, force_path=True)
    assert sorted(room.groups) == ["alice", "bob", "c1", "c2", "d1", "e1", "f1"]
    room.commit("f1")


def test_the_tree_is_inside_if_asked_for() -> None:
    for inside in (False, True):
        room = Room.of(*NAMES)
        (welcome,) = prepared(room, "carol", tree_in_welcome=inside)
        info = open_welcome(welcome, room.people["carol"].bundles).group_info
        kinds = [extension.extension_type for extension in info.extensions]
        assert kinds == [ExtensionType.external_pub, *([ExtensionType.ratchet_tree] if inside else [])]
    assert len(encode(welcome)) > 500


def test_a_path_secret_is_told_if_there_is_a_path() -> None:
    for path in (False, True):
        room = Room.of(*NAMES)
        (welcome,) = prepared(room, "carol", force_path=path)
        secrets = open_welcome(welcome, room.people["carol"].bundles).group_secrets
        assert (secrets.path_secret is not None) is path
        assert secrets.psks == ()
