from dataclasses import replace

from simulator.mls.commits.commit import Commit
from simulator.mls.framing.framing import AuthenticatedContent, FramedContent, MemberSender, WireFormat
from simulator.mls.framing.transcript import confirmed_transcript_hash, interim_transcript_hash
from tests.mls.leaves import SUITE

CONTENT = FramedContent(b"group", 1, MemberSender(0), b"", Commit((), None))
COMMIT = AuthenticatedContent(WireFormat.mls_public_message, CONTENT, b"signature", b"tag")


def test_the_confirmed_hash_covers_all_but_the_tag() -> None:
    expected = confirmed_transcript_hash(SUITE, b"before", COMMIT)
    assert expected == confirmed_transcript_hash(SUITE, b"before", replace(COMMIT, confirmation_tag=b"other"))
    changed = {
        confirmed_transcript_hash(SUITE, b"other", COMMIT),
        confirmed_transcript_hash(SUITE, b"before", replace(COMMIT, signature=b"other")),
        confirmed_transcript_hash(SUITE, b"before", replace(COMMIT, wire_format=WireFormat.mls_private_message)),
        confirmed_transcript_hash(SUITE, b"before", replace(COMMIT, content=replace(CONTENT, epoch=2))),
        expected,
    }
    assert len(changed) == 5


def test_the_interim_hash_adds_the_tag() -> None:
    assert interim_transcript_hash(SUITE, b"confirmed", b"tag") == SUITE.hash(b"confirmed\x03tag")
