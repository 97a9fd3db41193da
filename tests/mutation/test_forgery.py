"""Making right again what an edit has made wrong."""

from dataclasses import replace

import pytest

from simulator.fuzzing.whole_group import NOW, SERVICE, SUITE, WholeGroup, addition, external_senders
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.errors import MLSError
from simulator.mutation.forgery import Forger
from simulator.services.signing import signer


def forger(whole: WholeGroup) -> Forger:
    people = [person.identity for person in (*whole.people.values(), SERVICE)]
    keys = {identity.signature_public_key: identity.signature_private_key for identity in people}
    views = {whole.service.group_id: {name.encode(): group for name, group in whole.groups.items()}}
    sign = signer(SUITE, people[0].signature_private_key)
    return Forger(SUITE, keys, views, sign, signer(SUITE, SERVICE.identity.signature_private_key), NOW)


def test_what_was_altered_and_signed_again_is_accepted_by_all() -> None:
    whole = WholeGroup.of("alice", "bob", "carol", extensions=(external_senders(SERVICE),))
    honest = whole.prepare("alice", addition(whole, "dave"))
    framed = replace(honest.message.body.content, authenticated_data=b"altered")
    altered = replace(honest.message, body=replace(honest.message.body, content=framed))
    assert whole.refused(altered, "alice") in ("invalid_signature", "invalid_membership_tag")
    again = forger(whole).message(altered)
    whole.deliver(again, "alice")
    assert whole.groups["bob"].epoch == honest.next.epoch
    assert whole.service.to_bytes() == whole.groups["bob"].public.to_bytes()


def test_a_key_package_with_another_key_is_signed_by_that_key_s_owner() -> None:
    whole = WholeGroup.of("alice", "bob")
    made = whole.people["bob"].bundle().key_package
    altered = replace(made, init_key=bytes(32))
    signed = forger(whole).key_package(altered)
    assert signed.signature != made.signature
    proposal, _ = whole.groups["alice"].propose(addition(whole, "carol"), SeededRand(1, "x"), NOW)
    assert forger(whole).message(proposal) == proposal, "what is right stays as it is"


def test_what_nobody_can_make_right_is_left_to_the_target() -> None:
    whole = WholeGroup.of("alice", "bob")
    bundle = whole.prepare("alice", force_path=True)
    content = replace(bundle.message.body.content, epoch=99)
    message = replace(bundle.message, body=replace(bundle.message.body, content=content))
    assert forger(whole).staged(message.body) is None
    with pytest.raises(MLSError):
        whole.service.stage_commit(forger(whole).message(message).body, NOW)
