"""Welcomes: who is in which, and what they hold."""

from simulator.codec import encode
from simulator.fuzzing.whole_group import Person, WholeGroup, addition
from simulator.mls.extensions.extension import ExtensionType
from simulator.mls.group import open_welcome
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.welcome import Welcome

NAMES = ("alice", "bob")


def first_letter(key_package: KeyPackage) -> str:
    """A stand-in for the provider of a client."""
    return key_package.leaf_node.credential.identity[:1].decode()


def prepared(whole: WholeGroup, *names: str, **options: object) -> list[Welcome]:
    """The Welcomes for these, invited in one Commit."""
    bundle = whole.prepare("alice", *(addition(whole, name) for name in names), **options)
    return [message.body for message in bundle.welcomes]


def references(*people: Person) -> list[bytes]:
    """The KeyPackageRefs of these, one each."""
    return [person.bundles[-1].reference for person in people]


def test_there_is_one_welcome_for_all_by_default() -> None:
    whole = WholeGroup.of(*NAMES)
    (welcome,) = prepared(whole, "carol", "dave")
    people = [whole.people["carol"], whole.people["dave"]]
    assert [entry.new_member for entry in welcome.secrets] == references(*people)


def test_no_newcomers_no_welcome() -> None:
    assert prepared(WholeGroup.of(*NAMES)) == []


def test_a_welcome_names_only_those_it_is_for() -> None:
    whole = WholeGroup.of(*NAMES)
    names = ("c1", "d1", "c2", "d2", "e1")
    welcomes = prepared(whole, *names, welcome_per=first_letter)
    people = {name: references(whole.people[name])[0] for name in names}
    assert [[entry.new_member for entry in welcome.secrets] for welcome in welcomes] == [
        [people["c1"], people["c2"]],
        [people["d1"], people["d2"]],
        [people["e1"]],
    ]
    assert len({welcome.encrypted_group_info for welcome in welcomes}) == 1


def test_everybody_joins_by_its_own_welcome() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.commit("alice", *(addition(whole, name) for name in ("c1", "d1", "c2")), welcome_per=first_letter)
    whole.commit("bob", *(addition(whole, name) for name in ("e1", "f1")), welcome_per=first_letter, force_path=True)
    assert sorted(whole.groups) == ["alice", "bob", "c1", "c2", "d1", "e1", "f1"]
    whole.commit("f1")


def test_the_tree_is_inside_if_asked_for() -> None:
    for inside in (False, True):
        whole = WholeGroup.of(*NAMES)
        (welcome,) = prepared(whole, "carol", tree_in_welcome=inside)
        info = open_welcome(welcome, whole.people["carol"].bundles).group_info
        kinds = [extension.extension_type for extension in info.extensions]
        assert kinds == [ExtensionType.external_pub, *([ExtensionType.ratchet_tree] if inside else [])]
    assert len(encode(welcome)) > 500


def test_a_path_secret_is_told_if_there_is_a_path() -> None:
    for path in (False, True):
        whole = WholeGroup.of(*NAMES)
        (welcome,) = prepared(whole, "carol", force_path=path)
        secrets = open_welcome(welcome, whole.people["carol"].bundles).group_secrets
        assert (secrets.path_secret is not None) is path
        assert secrets.psks == ()
