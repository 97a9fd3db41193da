"""Requests in others' names."""

import pytest

from tests.scenario.small_scenarios import fails, passes

TARGET = 'target: "mimi://c.example/u/carol"'


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ('requester: "mimi://b.example/u/bob"', "http: 200"),
        ('requester: "mimi://a.example/u/alice"', "http: 403, error: not_authorized"),
        ('sender: a.example, requester: "mimi://a.example/u/alice"', "http: 401, error: invalid_signature"),
        ('requester: "mimi://b.example/u/bob", recipient: a.example', "http: 403, error: wrong_recipient"),
        ('requester: "mimi://b.example/u/bob", signature: hex:00', "http: 401, error: invalid_signature"),
    ],
)
async def test_what_comes_of_it(fields: str, outcome: str) -> None:
    await passes(f"""
  - spoof: {{by: b.example, to: c.example, endpoint: connection_key_packages, fields: {{{fields}, {TARGET}}}}}
    expect: {{{outcome}}}
""")


async def test_a_clients_request() -> None:
    await passes("""
  - spoof:
      by: b.example
      to: a.example
      endpoint: group_operation
      fields: {body: ds_request_group_id, auth: {client_signature: {sender_index: 0, signature: ""}}}
      signed_by_client: bob
    expect: {http: 403, error: not_authorized}
""")


async def test_no_struct_to_write() -> None:
    mismatch = await fails("  - spoof: {by: b.example, to: c.example, endpoint: ds_domain, fields: {}}\n")
    assert mismatch.happened == "ds_domain takes no struct"


@pytest.mark.parametrize("name", ["xn--0a.example", "xn--ls8h.a.example", "xn--fsq.xn--0zwm56d", "x." + "y" * 63])
async def test_a_sender_with_a_name_that_nobody_has(name: str) -> None:
    who = f'sender: {name}, requester: "mimi://{name}/u/x"'
    await passes(f"""
  - spoof: {{by: b.example, to: c.example, endpoint: connection_key_packages, fields: {{{who}, {TARGET}}}}}
    expect: {{error: sender_unverifiable}}
""")


async def test_in_neutral_words_the_draft_says_the_fields() -> None:
    await passes("""
  - spoof: {by: b.example, to: c.example, endpoint: key_packages, requester: bob, target: carol}
    expect: {http: 403, error: not_authorized}
  - connect: {from: bob, to: carol}
  - spoof: {by: b.example, to: c.example, endpoint: key_packages, requester: bob, target: carol}
    expect: {succeeds: it is b.example's own user, http: 200, key_packages: {of: carol, remaining: 2}}
  - spoof: {by: b.example, to: c.example, endpoint: key_packages, requester: alice, target: carol}
    expect: {blocked: c.example}
""")


async def test_what_is_blocked_has_changed_nothing_there() -> None:
    mismatch = await fails("""
  - connect: {from: bob, to: carol}
  - spoof: {by: b.example, to: c.example, endpoint: key_packages, requester: bob, target: carol}
    expect: {blocked: c.example}
""")
    assert (mismatch.expected, mismatch.happened) == ("blocked c.example", "it succeeded")
