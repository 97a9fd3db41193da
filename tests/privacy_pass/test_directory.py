"""The issuer's directory."""

import json
from dataclasses import replace
from typing import Any

import pytest

from simulator.privacy_pass.directory import (
    Budget,
    Directory,
    DirectoryKey,
    Per,
    directory_url,
    read_directory,
    request_url,
    write_directory,
)
from simulator.privacy_pass.errors import InvalidDirectory

OLD, NEW = DirectoryKey(b"old", 1_700_000_000), DirectoryKey(b"new", 1_800_000_000)
DIRECTORY = Directory("/token-request", (NEW, OLD), Budget(Per.provider, 20, 3600))
WRITTEN = (
    b'{"issuer-request-uri":"/token-request","token-keys":['
    b'{"token-type":2,"token-key":"bmV3","not-before":1800000000},'
    b'{"token-type":2,"token-key":"b2xk","not-before":1700000000}],'
    b'"mimi-budget":{"per":"provider","tokens":20,"period":3600}}'
)


def test_it_is_compact_json() -> None:
    assert write_directory(DIRECTORY) == WRITTEN
    assert read_directory(WRITTEN) == DIRECTORY
    plain = Directory("/", (DirectoryKey(b"k"),))
    assert read_directory(write_directory(plain)) == plain


def test_the_first_key_whose_moment_has_come_makes_tokens_and_all_are_listed() -> None:
    assert DIRECTORY.current_key(1_699_999_999) is None
    assert DIRECTORY.current_key(1_700_000_000) == OLD
    assert DIRECTORY.current_key(1_800_000_000) == NEW
    assert replace(DIRECTORY, keys=(DirectoryKey(b"always"), NEW)).current_key(0) == DirectoryKey(b"always")
    assert DIRECTORY.lists(b"old")
    assert not DIRECTORY.lists(b"older")


def members(**changes: Any) -> bytes:
    return json.dumps({**json.loads(WRITTEN), **changes}).encode()


def test_members_and_types_that_nobody_knows_are_ignored() -> None:
    listed = [{"token-type": 1, "token-key": 7}, {"token-type": 2, "token-key": "bmV3", "more": []}]
    found = read_directory(members(**{"token-keys": listed, "more": {}}))
    assert found.keys == (DirectoryKey(b"new"),)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"null",
        b"7",
        b'"issuer-request-uri"',
        b"{}",
        b"\xff",
        b"[" * 60_000,
        members(**{"issuer-request-uri": 7}),
        members(**{"token-keys": {}}),
        members(**{"token-keys": ["key"]}),
        members(**{"token-keys": [{"token-key": "bmV3"}]}),
        members(**{"token-keys": [{"token-type": "2", "token-key": "bmV3"}]}),
        members(**{"token-keys": [{"token-type": 2}]}),
        members(**{"token-keys": [{"token-type": 2, "token-key": "bm"}]}),
        members(**{"token-keys": [{"token-type": 2, "token-key": "bmV3", "not-before": 1.5}]}),
        members(**{"token-keys": [{"token-type": 2, "token-key": "bmV3", "not-before": True}]}),
        members(**{"mimi-budget": {"per": "planet", "tokens": 1, "period": 1}}),
        members(**{"mimi-budget": []}),
        members(**{"mimi-budget": {"per": "user", "tokens": 1, "period": 0}}),
        members(**{"mimi-budget": {"per": "user", "tokens": 1, "period": 2**63}}),
    ],
)
def test_what_is_no_directory(content: bytes) -> None:
    with pytest.raises(InvalidDirectory) as caught:
        read_directory(content)
    assert caught.value.rules[0] == "PP-DIRECTORY-1"


def test_a_large_one_is_not_read() -> None:
    with pytest.raises(InvalidDirectory) as caught:
        read_directory(WRITTEN + b" " * 65_536)
    assert caught.value.rules[0] == "PP-DIRECTORY-1/SIZE"


@pytest.mark.parametrize(
    ("uri", "url"),
    [
        ("/token-request", "https://b.example/token-request"),
        ("token-request", "https://b.example/.well-known/token-request"),
        ("https://b.example/x?y", "https://b.example/x?y"),
        ("https://B.Example/x", "https://B.Example/x"),
        ("//b.example/x", "https://b.example/x"),
    ],
)
def test_where_tokens_are_asked_for(uri: str, url: str) -> None:
    assert directory_url("b.example") == "https://b.example/.well-known/private-token-issuer-directory"
    assert request_url("b.example", replace(DIRECTORY, request_uri=uri)) == url


@pytest.mark.parametrize(
    "uri",
    [
        "http://b.example/x",
        "https://c.example/x",
        "//c.example/x",
        "https://b.example@c.example/x",
        "https://user@b.example/x",
        "https://b.example:8443/x",
        "https://b.example.c.example/",
        "data:,x",
        "https://[b.example/x",
    ],
)
def test_never_anywhere_else(uri: str) -> None:
    with pytest.raises(InvalidDirectory):
        request_url("b.example", replace(DIRECTORY, request_uri=uri))
