"""`mimi-sim decode`: somebody else's bytes, explained."""

import json
from pathlib import Path

import pytest

from simulator.codec import write_varint
from simulator.codec.spans import ITEMS
from tests.cli.process import mimi_sim

REQUEST = "00 01 09 61 2e 65 78 61 6d 70 6c 65 09 62 2e 65 78 61 6d 70 6c 65"


def test_a_request_as_hex(tmp_path: Path) -> None:
    ended = mimi_sim("decode", "VerificationKeyRequest", REQUEST, cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert [" ".join(line.split()) for line in ended.out.splitlines()] == [
        "VerificationKeyRequest, 22 bytes",
        "000000 00 01 version = 1",
        "000002 09 61 2e 65 78 61 6d 70 6c 65 sender = 'a.example'",
        "00000c 09 62 2e 65 78 61 6d 70 6c 65 recipient = 'b.example'",
    ]


def test_as_far_as_it_goes(tmp_path: Path) -> None:
    ended = mimi_sim("decode", "verificationkeyrequest", REQUEST[:-3], cwd=tmp_path)
    assert ended.code == 1
    assert "sender = 'a.example'" in ended.out
    assert ended.err == "verificationkeyrequest: recipient at byte 13: needs 9 bytes, 8 left\n"


def test_trailing_bytes_are_shown(tmp_path: Path) -> None:
    ended = mimi_sim("decode", "VerificationKeyRequest", REQUEST + " ff", cwd=tmp_path)
    assert ended.code == 1
    assert " ".join(ended.out.splitlines()[-1].split()) == "000016 ff ? 1 trailing bytes"


def test_as_json(tmp_path: Path) -> None:
    ended = mimi_sim("decode", "VerificationKeyRequest", REQUEST[:-3], "--json", cwd=tmp_path)
    assert ended.code == 1
    assert json.loads(ended.out) == {
        "struct": "VerificationKeyRequest",
        "length": 21,
        "fields": [
            {"name": "version", "offset": 0, "length": 2, "value": 1},
            {"name": "sender", "offset": 2, "length": 10, "value": "a.example"},
            {"name": "recipient", "offset": 12, "length": 1, "undecoded": "needs 9 bytes, 8 left"},
        ],
        "error": {"offset": 13, "path": "recipient", "reason": "needs 9 bytes, 8 left"},
    }


def test_a_name_that_nothing_has(tmp_path: Path) -> None:
    ended = mimi_sim("decode", "KeyPakage", "00", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith('unknown struct "KeyPakage" (did you mean "KeyPackage"?)')


def test_the_names(tmp_path: Path) -> None:
    ended = mimi_sim("decode", cwd=tmp_path)
    assert ended.code == 0
    assert {"DSRequest", "KeyPackage", "MLSMessage", "DSVersions", "Proposal"} <= set(ended.out.split())


def test_of_millions_of_items_the_first_are_shown_and_the_others_counted(tmp_path: Path) -> None:
    items = 200_000
    many = bytes.fromhex("000109622e6578616d706c6509632e6578616d706c6500") + write_varint(2 * items) + bytes(2 * items)
    (tmp_path / "many").write_bytes(many)
    shown = mimi_sim("decode", "QueueingServiceRequest", "many", "--as", "raw", cwd=tmp_path)
    assert shown.code == 1
    assert f"[{ITEMS}…] = {items - ITEMS:,} more items" in shown.out
    assert shown.err.startswith("QueueingServiceRequest: signed.group_id at byte")
    tree = json.loads(mimi_sim("decode", "QueueingServiceRequest", "many", "--as", "raw", "--json", cwd=tmp_path).out)
    recipients = next(field for field in tree["fields"][0]["fields"] if field["name"] == "recipients")
    assert (len(recipients["fields"]), recipients["fields"][-1]["more"]) == (ITEMS + 1, items - ITEMS)


CHALLENGE = "AAIADmlzc3Vlci5leGFtcGxlIIo-g6M9mABdLzC-9Bn6a_TNXGAF42sShbu0zNQPpLODAA5vcmlnaW4uZXhhbXBsZQ=="


def test_a_challenge_as_its_field_has_it_and_a_token(tmp_path: Path) -> None:
    shown = mimi_sim("decode", "TokenChallenge", CHALLENGE, cwd=tmp_path)
    assert shown.code == 0
    assert "issuer.example" in shown.out
    assert "origin_info" in shown.out
    token = mimi_sim("decode", "Token", "0002" + 352 * "ab", cwd=tmp_path)
    assert (token.code, "authenticator" in token.out) == (0, True)


def test_what_any_bytes_of_the_right_number_are_is_not_suggested(tmp_path: Path) -> None:
    ended = mimi_sim("decode", "Welcome", 256 * "ff", cwd=tmp_path)
    assert ended.code == 1
    assert "TokenResponse" not in ended.err


def test_a_header_that_belongs_to_tokens(tmp_path: Path) -> None:
    value = f'PrivateToken challenge="{CHALLENGE}", max-age=10'
    shown = mimi_sim("decode", "www-authenticate", value, cwd=tmp_path)
    assert shown.code == 0
    assert "wants a token of issuer.example for origin.example" in shown.out
    assert "challenge.redemption_context" in shown.out
    (tmp_path / "header").write_text(value)
    tree = json.loads(mimi_sim("decode", "WWW-Authenticate", "header", "--json", cwd=tmp_path).out)
    assert tree[0]["values"]["challenge.issuer_name"] == "issuer.example"
    assert "Mimi-Token-Holder" in mimi_sim("decode", cwd=tmp_path).out


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WWW-Authenticate", "PrivateToken"),
        ("WWW-Authenticate", 'PrivateToken challenge="AAIA"'),
        ("WWW-Authenticate", f'PrivateToken challenge="{CHALLENGE}", token-key="!"'),
        ("WWW-Authenticate", "PrivateToken ,,= x y"),
        ("Authorization", 'PrivateToken token="AAIA"'),
        ("Authorization", "PrivateToken"),
        ("Signature-Input", "nonsense"),
    ],
)
def test_a_header_that_cannot_be_read_fails(name: str, value: str, tmp_path: Path) -> None:
    assert mimi_sim("decode", name, value, cwd=tmp_path).code == 1


@pytest.mark.parametrize("value", ['Basic realm="x"', 'PrivateToken challenge="eno_Pz8_Pz8_Pw=="'])
def test_a_header_of_another_scheme_or_type_is_not_wrong(value: str, tmp_path: Path) -> None:
    assert mimi_sim("decode", "WWW-Authenticate", value, cwd=tmp_path).code == 0
