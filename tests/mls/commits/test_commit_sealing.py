"""The last steps of a Commit agree with what its receivers work out."""

from simulator.fuzzing.whole_group import NOW, WholeGroup
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.public_message import authenticated_content
from simulator.mls.framing.transcript import confirmed_transcript_hash, interim_transcript_hash

NAMES = ("alice", "bob", "carol")


def test_the_sealed_epoch_is_the_one_that_the_service_stages() -> None:
    whole = WholeGroup.of(*NAMES)
    bundle = whole.prepare("alice")
    body = bundle.message.body
    assert isinstance(body, PublicMessage)
    assert whole.service.stage_commit(body, NOW).group.to_bytes() == bundle.next.public.to_bytes()


def test_the_tag_proves_the_confirmed_hash_and_closes_the_interim_one() -> None:
    whole = WholeGroup.of(*NAMES)
    bundle = whole.prepare("alice")
    body = bundle.message.body
    assert isinstance(body, PublicMessage)
    suite, after = whole.service.suite, bundle.next.public
    confirmed = confirmed_transcript_hash(suite, whole.service.interim_transcript_hash, authenticated_content(body))
    assert after.context.confirmed_transcript_hash == confirmed
    assert body.confirmation_tag == after.confirmation_tag
    assert body.confirmation_tag == bundle.next.state.secrets.confirmation_tag(confirmed)
    assert after.interim_transcript_hash == interim_transcript_hash(suite, confirmed, after.confirmation_tag)


def test_the_sender_of_a_commit_signs_with_its_old_key() -> None:
    whole = WholeGroup.of(*NAMES)
    alice = whole.people["alice"]
    alice.identity = alice.identity.with_new_key(alice.suite, alice.rand)
    bundle = whole.prepare("alice", identity=alice.identity)
    whole.adopt("alice", bundle)
    assert whole.groups["alice"].identity == alice.identity
