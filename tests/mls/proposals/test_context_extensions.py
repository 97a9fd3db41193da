"""Rule 13: what the GroupContext asks of members, old and new, judged by the new extensions."""

from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.fuzzing.whole_group import PRIVATE_USE, WholeGroup, addition, removal
from simulator.mls.errors import InvalidGroupInfo, InvalidLeafNode
from simulator.mls.extensions.app_data_dictionary import dictionary_extension
from simulator.mls.extensions.extension import Extension, ExtensionType, RequiredCapabilities
from simulator.mls.proposals.context_extensions import MOST_OCTETS, Demands, check_context_extensions
from simulator.mls.proposals.proposals import Add, GroupContextExtensions, ProposalType
from simulator.mls.tree.credential import CredentialType
from simulator.mls.tree.leaf_node import LeafPlace
from tests.breaking import breaks
from tests.mls.extended import LOG, REQUIRED, TOPIC, extended_group, kept
from tests.mls.frankenstein import commit_of, forge, forge_commit, resigned_leaf, with_leaf, with_path

NAMES = ("alice", "bob", "carol")
OURS = Extension(PRIVATE_USE, b"what all our clients support")
FOREIGN = Extension(0xF00D, b"what none of our clients supports")


def required(
    extensions: tuple[int, ...] = (), proposals: tuple[int, ...] = (), credentials: tuple[int, ...] = ()
) -> Extension:
    """A required_capabilities extension."""
    body = encode(RequiredCapabilities(extensions, proposals, credentials))
    return Extension(ExtensionType.required_capabilities, body)


UNMET = [required((0xF00D,)), required((), (0xF00D,)), required((), (), (0xF00D,))]
MET = required((PRIVATE_USE, ExtensionType.external_pub), (ProposalType.add,), (CredentialType.basic,))


def with_commit(whole: WholeGroup, *extensions: Extension) -> str:
    """By which rule a Commit that sets these extensions is refused; its path is an honest one."""
    honest = commit_of(whole.prepare("alice", GroupContextExtensions(())).message)
    message = forge_commit(whole.groups["alice"], GroupContextExtensions(extensions), path=honest.path)
    return whole.refused(message, "alice")


def test_members_support_every_extension_in_use() -> None:
    whole = WholeGroup.of(*NAMES)
    assert with_commit(whole, FOREIGN) == "context_extension_unsupported"
    whole.commit("alice", GroupContextExtensions((OURS,)))
    assert whole.service.context.extensions == (OURS,)


@pytest.mark.parametrize("extension", UNMET)
def test_members_have_every_required_capability(extension: Extension) -> None:
    whole = WholeGroup.of(*NAMES)
    assert with_commit(whole, extension) == "required_capability_missing"


def test_required_capabilities_that_all_have_are_fine() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.commit("alice", GroupContextExtensions((MET,)))
    whole.commit("bob", addition(whole, "dave"))


def test_a_newcomer_supports_what_is_in_use_and_required() -> None:
    whole = WholeGroup.of(*NAMES, extensions=(OURS, MET))
    dave = whole.person("dave")
    lacking = replace(dave.identity.capabilities, extensions=())
    package = with_leaf(dave.key_package(), dave, capabilities=lacking)
    message = forge_commit(whole.groups["alice"], Add(package))
    assert whole.refused(message, "alice") == "context_extension_unsupported"
    whole.commit("bob", GroupContextExtensions((MET,)))
    message = forge_commit(whole.groups["alice"], Add(package))
    assert whole.refused(message, "alice") == "required_capability_missing"


def test_the_new_extensions_count_for_those_added_and_removed_at_once() -> None:
    whole = WholeGroup.of(*NAMES)
    dave = whole.person("dave")
    dave.identity = replace(dave.identity, capabilities=replace(dave.identity.capabilities, extensions=()))
    honest = commit_of(whole.prepare("alice", GroupContextExtensions(()), addition(whole, "dave")).message)
    both = forge_commit(
        whole.groups["alice"], GroupContextExtensions((OURS,)), Add(dave.key_package()), path=honest.path
    )
    assert whole.refused(both, "alice") == "context_extension_unsupported"
    whole.commit("alice", Add(dave.key_package()))
    whole.commit("alice", removal(whole, "dave"), GroupContextExtensions((OURS,)))
    assert whole.service.context.extensions == (OURS,)


@breaks("RFC9420-13.4-CONTEXT-EXTENSION-UNSUPPORTED")
def test_a_committers_new_leaf_is_judged_too() -> None:
    whole = WholeGroup.of(*NAMES, extensions=(OURS,))
    alice, person = whole.groups["alice"], whole.people["alice"]
    place = LeafPlace(alice.group_id, alice.own_index)
    lacking = replace(person.identity.capabilities, extensions=())
    message = with_path(
        alice,
        whole.prepare("alice").message,
        lambda path: replace(path, leaf_node=resigned_leaf(path.leaf_node, person, place, capabilities=lacking)),
    )
    assert whole.refused(message, "alice") == "context_extension_unsupported"


@breaks("RFC9420-7.3-REQUIRED-CAPABILITY-MISSING")
def test_default_types_need_not_be_listed() -> None:
    whole = WholeGroup.of(*NAMES)
    leaf = whole.groups["alice"].own_leaf
    Demands.of((required((ExtensionType.ratchet_tree,), (ProposalType.reinit,)),)).check(leaf)
    with pytest.raises(InvalidLeafNode):
        Demands.of((required((), (), (CredentialType.x509,)),)).check(leaf)


@breaks("RFC9420-13.4-DUPLICATE-EXTENSION/GROUP-CONTEXT")
def test_a_bad_list_is_refused_in_the_terms_of_its_place() -> None:
    with pytest.raises(InvalidGroupInfo) as caught:
        check_context_extensions((OURS, OURS), InvalidGroupInfo)
    assert caught.value.rule == "duplicate_extension"
    check_context_extensions((OURS, FOREIGN, MET), InvalidGroupInfo)


def test_a_proposal_alone_may_ask_for_what_only_a_removal_makes_possible() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.deliver(forge(whole.groups["alice"], GroupContextExtensions((FOREIGN,))))
    assert len(whole.service.proposals) == 1


def test_all_together_have_so_many_bytes_and_no_more() -> None:
    half = b"x" * (MOST_OCTETS // 2)
    first, second = Extension(PRIVATE_USE, half), Extension(PRIVATE_USE + 1, half)
    check_context_extensions((first, second), InvalidGroupInfo)
    with pytest.raises(InvalidGroupInfo) as caught:
        check_context_extensions((first, replace(second, extension_data=half + b"x")), InvalidGroupInfo)
    assert caught.value.rule == "extensions_too_long"


@breaks("MLS-EXT-APP_DATA_DICTIONARY-MALFORMED-EXTENSION/ORDER")
def test_the_dictionary_of_the_group_is_well_formed() -> None:
    unsorted = Extension(ExtensionType.app_data_dictionary, bytes.fromhex("06 0023 00 0022 00"))
    with pytest.raises(InvalidGroupInfo) as caught:
        check_context_extensions((unsorted,), InvalidGroupInfo)
    assert caught.value.rule == "malformed_extension"
    whole = extended_group(*NAMES)
    assert whole.refused(forge(whole.groups["alice"], GroupContextExtensions((unsorted,)))) == "malformed_extension"


def test_members_support_the_dictionary_in_use() -> None:
    whole = WholeGroup.of(*NAMES)
    assert with_commit(whole, dictionary_extension({LOG: b""})) == "context_extension_unsupported"


@breaks("MLS-EXT-APPDATAUPDATE-APP-DATA-DICTIONARY-CHANGED")
def test_where_components_are_updated_the_extensions_leave_the_dictionary_alone() -> None:
    data = dictionary_extension({LOG: b"a"})
    whole = extended_group(*NAMES, extensions=(REQUIRED, data))
    for others in ((), (dictionary_extension({TOPIC: b"a"}),)):
        proposal = GroupContextExtensions((REQUIRED, *others))
        assert whole.refused(forge(whole.groups["alice"], proposal)) == "app_data_dictionary_changed"
    whole.commit("alice", GroupContextExtensions((REQUIRED, OURS, data)))
    assert kept(whole) == {LOG: b"a"}


def test_where_that_is_not_required_the_extensions_set_the_dictionary() -> None:
    whole = extended_group(*NAMES)
    whole.commit("alice", GroupContextExtensions((dictionary_extension({LOG: b"a"}),)))
    assert kept(whole) == {LOG: b"a"}
