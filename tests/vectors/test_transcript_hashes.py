"""transcript-hashes.json: both running hashes over a Commit, and its confirmation tag."""

from typing import Any

import pytest

from simulator.codec import decode
from simulator.mls.commits.commit import Commit
from simulator.mls.crypto import cipher_suite
from simulator.mls.framing.framing import AuthenticatedContent
from simulator.mls.framing.transcript import confirmed_transcript_hash, interim_transcript_hash

pytestmark = pytest.mark.vectors("transcript-hashes")
unhex = bytes.fromhex


def test_transcript_hashes(vector: Any) -> None:
    suite = cipher_suite(vector["cipher_suite"])
    commit = decode(AuthenticatedContent, unhex(vector["authenticated_content"]))
    assert isinstance(commit.content.content, Commit)
    assert commit.confirmation_tag is not None
    confirmed = confirmed_transcript_hash(suite, unhex(vector["interim_transcript_hash_before"]), commit)
    assert confirmed == unhex(vector["confirmed_transcript_hash_after"])
    assert suite.mac_is_valid(unhex(vector["confirmation_key"]), confirmed, commit.confirmation_tag)
    interim = interim_transcript_hash(suite, confirmed, commit.confirmation_tag)
    assert interim == unhex(vector["interim_transcript_hash_after"])
