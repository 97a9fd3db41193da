"""Tokens and what their issuer saw."""

from dataclasses import replace

from simulator.codec import encode
from simulator.mls.crypto.randomness import SeededRand
from simulator.privacy_pass.issuance import finalize, issue, read_request
from simulator.privacy_pass.token import Token
from simulator.privacy_pass.unlinkability import SeenIssuance, blinding_factor, possible_holders
from tests.privacy_pass.issuer_keys import issuer_key, keys, pending

KEY = issuer_key().public
USERS = ("alice", "bert", "eve")


def issued_to(holder: str, seed: int = 0) -> tuple[SeenIssuance, Token]:
    """What the issuer sees, and what its client makes of it."""
    asked = pending(seed=seed, rand=SeededRand(1, holder))
    answer = issue(read_request(encode(asked.request), keys(seed)))
    return SeenIssuance(holder, asked.request.blinded_msg, answer.blind_sig), finalize(asked, answer)


ISSUED = [issued_to(user) for user in USERS]
SEEN = [seen for seen, _ in ISSUED]


def test_every_request_fits_every_token_of_its_key() -> None:
    factors = {blinding_factor(KEY, seen, token) for seen in SEEN for _, token in ISSUED}
    assert None not in factors
    assert len(factors) == len(USERS) ** 2


def test_so_all_who_got_tokens_may_have_redeemed_one() -> None:
    for _, token in ISSUED:
        assert possible_holders(KEY, SEEN, token) == set(USERS)
        assert possible_holders(KEY, SEEN[:1], token) == {"alice"}


def test_a_key_for_one_user_gives_him_away() -> None:
    alone, token = issued_to("alice", seed=1)
    assert possible_holders(issuer_key(1).public, [*SEEN, alone], token) == {"alice"}


def test_what_is_no_signature_fits_nothing() -> None:
    seen, token = ISSUED[0]
    assert blinding_factor(KEY, replace(seen, blind_sig=bytes(255) + b"\1"), token) is None
    assert blinding_factor(KEY, seen, replace(token, authenticator=bytes(256))) is None
