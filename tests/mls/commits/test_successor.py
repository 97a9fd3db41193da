"""Founding groups that follow another one."""

import pytest

from simulator.fuzzing.whole_group import LIFETIME, NOW, PRIVATE_USE, Person, WholeGroup
from simulator.mls.crypto.suite import cipher_suite
from simulator.mls.errors import NotAllowed
from simulator.mls.extensions.extension import Extension
from simulator.mls.group import Group, SuccessorPlan
from simulator.mls.proposals.proposals import ReInit
from simulator.mls.public_group import PublicGroup

NAMES = ("alice", "bob", "carol")


def plan(founder: Person, *others: Person, **options: object) -> SuccessorPlan:
    """The founder with fresh KeyPackages of the others."""
    packages = [person.key_package() for person in others]
    return SuccessorPlan(identity=founder.identity, key_packages=packages, lifetime=LIFETIME, **options)


@pytest.mark.parametrize("suite", [1, 3], ids=str)
def test_a_group_starts_anew_with_all_its_members(suite: int) -> None:
    whole = WholeGroup.of(*NAMES)
    extensions = (Extension(PRIVATE_USE, b"new"),)
    whole.commit("alice", ReInit(b"next", 1, suite, extensions))
    people = {name: Person(name, cipher_suite(suite)) for name in NAMES}
    founded, bundle = whole.groups["bob"].reinitialize(
        plan(people["bob"], people["alice"], people["carol"], tree_in_welcome=True), people["bob"].rand, NOW
    )
    assert (founded.group_id, founded.epoch, founded.public.suite.value) == (b"next", 0, suite)
    service = PublicGroup.from_group_info(founded.group_info(), founded.public.ratchet_tree(), NOW)
    service = service.stage_commit(bundle.message.body, NOW).group
    (welcome,) = bundle.welcomes
    for name in ("alice", "carol"):
        old, person = whole.groups[name], people[name]
        joined = Group.join(welcome.body, person.bundles, person.identity, groups=[old])
        assert joined.public.to_bytes() == service.to_bytes()
        assert joined.epoch_authenticator == bundle.next.epoch_authenticator
        assert joined.public.context.extensions == extensions


def test_a_group_branches_off_some_members() -> None:
    whole = WholeGroup.of(*NAMES)
    alice, carol = whole.people["alice"], whole.people["carol"]
    founded, bundle = whole.groups["alice"].branch(b"branch", plan(alice, carol), alice.rand, NOW)
    assert founded.epoch == 0
    joined = Group.join(
        bundle.welcomes[0].body,
        carol.bundles,
        carol.identity,
        bundle.next.public.ratchet_tree(),
        groups=[whole.groups["carol"]],
    )
    assert joined.epoch_authenticator == bundle.next.epoch_authenticator


def test_only_a_reinit_announces_a_new_group() -> None:
    whole = WholeGroup.of(*NAMES)
    alice = whole.people["alice"]
    with pytest.raises(NotAllowed) as caught:
        whole.groups["alice"].reinitialize(plan(alice), alice.rand, NOW)
    assert caught.value.rule == "no_reinit"
