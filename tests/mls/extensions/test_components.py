"""AppDataUpdate: what a Commit makes of the data of components."""

from dataclasses import replace

import pytest

from simulator.fuzzing.whole_group import PRIVATE_USE, SERVICE, WholeGroup, external_senders
from simulator.mls.errors import InvalidProposal
from simulator.mls.extensions.app_data_dictionary import dictionary_extension
from simulator.mls.extensions.components import NO_COMPONENTS, apply_app_data_updates
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.framing import ExternalSender
from simulator.mls.proposals.app_data_update import AppDataUpdate
from simulator.mls.proposals.context_extensions import MOST_OCTETS
from simulator.mls.proposals.proposals import GroupContextExtensions
from tests.breaking import breaks
from tests.mls.extended import (
    COMPONENTS,
    LOG,
    REQUIRED,
    TOPIC,
    UNKNOWN,
    extended_group,
    kept,
    removal_of,
    update,
)
from tests.mls.frankenstein import commit_of, forge, forge_commit, forge_external_commit

NAMES = ("alice", "bob", "carol")
DATA = dictionary_extension({LOG: b"a", TOPIC: b"cats"})


def committed_refused(whole: WholeGroup, *proposals: AppDataUpdate) -> str:
    """By which rule a Commit of alice with these by value is refused."""
    return whole.refused(forge_commit(whole.groups["alice"], *proposals), "alice")


def test_the_first_update_brings_the_dictionary() -> None:
    whole = extended_group(*NAMES, extensions=(REQUIRED,))
    bundle = whole.commit("alice", update(TOPIC, b"cats"))
    assert commit_of(bundle.message).path is None
    assert kept(whole) == {TOPIC: b"cats"}
    assert whole.service.context.extensions == (REQUIRED, dictionary_extension({TOPIC: b"cats"}))


def test_a_component_gets_all_its_updates_of_a_commit_in_order() -> None:
    whole = extended_group(*NAMES, extensions=(DATA,))
    whole.propose("bob", update(LOG, b"b"))
    whole.propose("carol", update(TOPIC, b"dogs"))
    whole.propose("carol", update(LOG, b"c"))
    whole.commit("alice", update(LOG, b"d"))
    assert kept(whole) == {LOG: b"abcd", TOPIC: b"dogs"}
    whole.commit("bob", update(LOG, b"e"))
    assert kept(whole)[LOG] == b"abcde"


def test_a_component_sees_what_it_kept_in_the_epoch_that_ends() -> None:
    seen: list[bytes | None] = []

    def watched(data: bytes | None, updates: object) -> bytes:
        seen.append(data)
        return b"new"

    components = {LOG: replace(COMPONENTS[LOG], update=watched)}
    changed = apply_app_data_updates((DATA,), (update(LOG, b"1"), update(LOG, b"2")), components)
    apply_app_data_updates((), (update(LOG, b"1"),), components)
    assert seen == [b"a", None]
    assert changed == (dictionary_extension({LOG: b"new", TOPIC: b"cats"}),)


def test_what_a_component_keeps_is_removed() -> None:
    whole = extended_group(*NAMES, extensions=(DATA,))
    whole.commit("alice", removal_of(TOPIC))
    assert kept(whole) == {LOG: b"a"}


@pytest.mark.parametrize(
    ("proposal", "slug", "rule"),
    [
        (update(UNKNOWN, b"x"), "component_unknown", "MLS-EXT-APPDATAUPDATE-COMPONENT-UNKNOWN"),
        (removal_of(LOG), "component_not_removable", "MLS-EXT-APPDATAUPDATE-COMPONENT-NOT-REMOVABLE"),
    ],
)
def test_what_no_component_knows_is_refused_alone_and_in_a_commit(
    proposal: AppDataUpdate, slug: str, rule: str
) -> None:
    whole = extended_group(*NAMES, extensions=(DATA,))
    with breaks(rule):
        assert whole.refused(forge(whole.groups["alice"], proposal)) == slug
        assert committed_refused(whole, proposal) == slug


@breaks("MLS-EXT-APPDATAUPDATE-COMPONENT-UNKNOWN")
def test_without_components_everything_is_unknown() -> None:
    with pytest.raises(InvalidProposal) as caught:
        apply_app_data_updates((DATA,), (update(LOG, b"b"),), NO_COMPONENTS)
    assert caught.value.rule == "component_unknown"
    assert apply_app_data_updates((DATA,), (), NO_COMPONENTS) == (DATA,)


@breaks("MLS-EXT-APPDATAUPDATE-COMPONENT-OPERATIONS")
def test_a_removal_stands_alone() -> None:
    whole = extended_group(*NAMES, extensions=(DATA,))
    assert committed_refused(whole, removal_of(TOPIC), update(TOPIC, b"dogs")) == "component_operations"
    assert committed_refused(whole, removal_of(TOPIC), removal_of(TOPIC)) == "component_operations"


@breaks("MLS-EXT-APPDATAUPDATE-COMPONENT-ABSENT")
def test_nothing_is_removed_where_nothing_is() -> None:
    whole = extended_group(*NAMES)
    assert committed_refused(whole, removal_of(TOPIC)) == "component_absent"


def test_a_component_refuses_what_makes_no_sense() -> None:
    whole = extended_group(*NAMES)
    assert committed_refused(whole, update(LOG, b"")) == "empty_update"


def test_a_committer_leaves_out_what_a_component_refuses() -> None:
    whole = extended_group(*NAMES)
    whole.propose("bob", update(LOG, b""))
    whole.propose("bob", update(LOG, b"b"))
    whole.commit("alice")
    assert kept(whole) == {LOG: b"b"}


@breaks("MLS-EXTENSIONS-TOO-LONG")
def test_the_extensions_get_no_longer_than_they_may() -> None:
    whole = extended_group(*NAMES)
    assert committed_refused(whole, update(LOG, b"x" * MOST_OCTETS)) == "extensions_too_long"


def test_it_is_applied_after_the_extensions() -> None:
    whole = extended_group(*NAMES)
    ours = Extension(PRIVATE_USE, b"")
    whole.commit("alice", update(TOPIC, b"dogs"), GroupContextExtensions((ours, dictionary_extension({LOG: b"a"}))))
    assert whole.service.context.extensions == (ours, dictionary_extension({LOG: b"a", TOPIC: b"dogs"}))


def test_an_external_sender_may_propose_it() -> None:
    whole = extended_group(*NAMES, extensions=(external_senders(SERVICE),))
    whole.deliver(forge(whole.groups["alice"], update(TOPIC, b"dogs"), sender=ExternalSender(0), signer=SERVICE))
    whole.commit("bob")
    assert kept(whole) == {TOPIC: b"dogs"}


def test_a_newcomer_may_bring_it() -> None:
    whole = extended_group(*NAMES)
    whole.join_externally("dave", proposals=(update(LOG, b"dave"),))
    assert kept(whole) == {LOG: b"dave"}
    whole.commit("dave", update(LOG, b"!"))
    assert kept(whole) == {LOG: b"dave!"}


@breaks("RFC9420-12.4.3.2-EXTERNAL-COMMIT-BY-REFERENCE")
def test_a_newcomer_does_not_bring_that_of_others() -> None:
    whole = extended_group(*NAMES)
    whole.propose("bob", update(LOG, b"b"))
    honest = commit_of(whole.prepare_external("dave").message)
    reference = commit_of(whole.prepare("alice").message).proposals
    message = forge_external_commit(
        whole.groups["alice"], whole.person("dave"), [*honest.proposals, *reference], honest.path
    )
    assert whole.refused(message) == "external_commit_by_reference"
