"""What a message says of an asset: when it is not even asked for, and what is not taken for it."""

from dataclasses import replace

import pytest

from simulator.drafts.attachments import BadFile
from simulator.drafts.mimi_protocol_06.content.external_part import (
    LARGEST,
    ExternalPart,
    check_announced,
    opened,
    part_for,
    seal,
)
from simulator.drafts.mimi_protocol_06.names import asset_url
from simulator.mls.crypto.randomness import SeededRand
from simulator.services.results import UploadedFile
from tests.breaking import breaks

from ..messages_said import BOB

NOW = 1_700_000_000
ID = "0123456789abcdef" * 2
FILE = b"a picture"
SEALED = seal(FILE, SeededRand(1, "bob"))
PART = part_for(SEALED, UploadedFile(asset_url("b.example", ID), NOW), "Look!")


def test_who_is_told_opens_it() -> None:
    assert (PART.size, PART.enc_alg, PART.hash_alg, PART.aad, PART.description) == (len(FILE) + 16, 1, 1, b"", "Look!")
    assert check_announced(PART, BOB, NOW) == ("b.example", ID)
    assert FILE not in SEALED.data
    assert opened(PART, SEALED.data) == FILE
    assert opened(replace(PART, size=0), SEALED.data) == FILE


def test_each_file_has_a_key_of_its_own() -> None:
    rand = SeededRand(1, "bob")
    first, second = seal(FILE, rand), seal(FILE, rand)
    assert first.data != second.data
    assert first.opening != second.opening


def test_what_is_not_said_is_not_checked() -> None:
    assert check_announced(replace(PART, expires=0, size=0), BOB, NOW * 2) == ("b.example", ID)


@pytest.mark.parametrize(
    ("part", "rule", "slug"),
    [
        (replace(PART, url="http://169.254.169.254/latest/"), "P6-4.9-PLACE/URL", "no_asset_url"),
        (replace(PART, url=f"https://b.example:22/v1/asset/{ID}"), "P6-4.9-PLACE/URL", "no_asset_url"),
        (replace(PART, url=asset_url("a.example", ID)), "P6-4.9-PLACE/PROVIDER", "asset_elsewhere"),
        (replace(PART, expires=NOW - 1), "P6-4.9-EXPIRES", "asset_expired"),
        (replace(PART, size=LARGEST + 1), "P6-4.9-LARGEST/ANNOUNCED", "asset_too_large"),
        (replace(PART, enc_alg=0, key=b"", nonce=b""), "P6-4.9-ALGORITHMS", "asset_algorithms"),
        (replace(PART, hash_alg=7), "P6-4.9-ALGORITHMS", "asset_algorithms"),
        (replace(PART, key=PART.key[1:]), "P6-4.9-ALGORITHMS", "asset_algorithms"),
        (replace(PART, nonce=b""), "P6-4.9-ALGORITHMS", "asset_algorithms"),
    ],
)
def test_what_is_not_worth_asking_for(part: ExternalPart, rule: str, slug: str) -> None:
    with breaks(rule), pytest.raises(BadFile) as caught:
        check_announced(part, BOB, NOW)
    assert caught.value.rule == slug


@pytest.mark.parametrize(
    ("part", "data", "rule", "slug"),
    [
        (PART, SEALED.data[:-1], "P6-4.9-AS-SAID/SIZE", "asset_size"),
        (PART, b"\0" * len(SEALED.data), "P6-4.9-AS-SAID/HASH", "asset_hash"),
        (replace(PART, key=bytes(16)), SEALED.data, "P6-4.9-AS-SAID/KEY", "asset_undecryptable"),
        (replace(PART, aad=b"other"), SEALED.data, "P6-4.9-AS-SAID/KEY", "asset_undecryptable"),
    ],
)
def test_what_is_not_what_was_said(part: ExternalPart, data: bytes, rule: str, slug: str) -> None:
    with breaks(rule), pytest.raises(BadFile) as caught:
        opened(part, data)
    assert caught.value.rule == slug
