"""From the first 401 to the kept answer: what asker, issuer and origin make of each other, with dicts for tables."""

from simulator.codec import encode
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.crypto.signature import Ed25519
from simulator.privacy_pass.authorization import write_authorization
from simulator.privacy_pass.challenge import challenge_digest
from simulator.privacy_pass.directory import Per, read_directory, request_url, write_directory
from simulator.privacy_pass.following import AskedOrigin, check_key, check_offer, renewed, shown_from_now_on
from simulator.privacy_pass.issuance import finalize, read_response, request_token
from simulator.privacy_pass.message_signature import RequestTarget, attest
from simulator.privacy_pass.www_authenticate import read_offers
from simulator.services.tokens.budgets import IssuedToken, IssuerBudget, Tally, check_budget, issued_token
from simulator.services.tokens.issuer_keys import directory, maintained, signing_keys, verifying_keys
from simulator.services.tokens.origin import Origin, challenge_fields, presented
from simulator.services.tokens.payments import Outcome, Payment, outcome
from simulator.services.tokens.spending import KeptAnswer, SpentToken, answered, kept_answer, request_digest, spent
from simulator.services.tokens.token_requests import attested, check_holder, check_signed, signed, to_be_signed
from simulator.services.tokens.wallet import WalletToken, presentable

NOW, HOUR = 1_700_000_000, 3600
HOST = "ds.b.example"
BUDGET = IssuerBudget(Per.provider, 2, HOUR)
ORIGIN = Origin(HOST, "b.example", HOUR, b"c" * 32)
SCHEME, SEED = Ed25519(), b"a" * 32


def test_one_token_pays_for_one_request_and_its_repetitions() -> None:
    asker, issuer = SeededRand(1, "a.example"), SeededRand(1, "b.example")
    keys = maintained((), NOW, HOUR, issuer)
    issued: list[IssuedToken] = []
    table: dict[bytes, SpentToken] = {}

    # A 401; its challenge is followed.
    fields = challenge_fields(ORIGIN, keys[0].token_key, NOW, issuer)
    (offer,) = read_offers(fields).usable
    kept = renewed(None, read_directory(write_directory(directory(keys, BUDGET))), HOUR, NOW)
    check_offer(offer, AskedOrigin(HOST, "b.example"), (), None, NOW)
    check_key(offer, kept, NOW)
    assert offer.max_age is not None
    shown = shown_from_now_on(offer.challenge, offer.max_age, NOW)
    current = kept.directory.current_key(NOW)
    assert current is not None

    # A token, whose answer is lost once.
    pending = request_token(challenge_digest(offer.challenge), current.token_key, asker)
    assert request_url("b.example", kept.directory) == "https://b.example/token-request"
    target = RequestTarget("b.example", "/token-request", encode(pending.request))
    headers = attest(target, "a.example", NOW, lambda content: SCHEME.sign(SEED, content))
    answers = []
    for _ in range(2):
        attestation = attested(target, headers, NOW)
        check_signed(attestation, lambda content, value: SCHEME.verify(SCHEME.public_of(SEED), content, value))
        check_holder(attestation, BUDGET)
        asked = to_be_signed(target.body, signing_keys(keys))
        row = issued_token(attestation, asked.blinded_msg, BUDGET, NOW)
        check_budget(BUDGET, Tally(len(issued), 0, row in issued), NOW)
        issued += [] if row in issued else [row]
        answers.append(encode(signed(asked)))
    assert (len(set(answers)), len(issued)) == (1, 1)
    token = finalize(pending, read_response(answers[0]))
    wallet = [WalletToken(HOST, "b.example", token, None, shown.until)]

    # It pays; the answer is lost, and sent again.
    found = presentable(wallet, HOST, shown, None, NOW)
    assert found is not None
    payment = Payment("alice", request_digest("/lookup", b"bob"), found.token)
    done = []
    for status in (None, 200):
        taken = presented([write_authorization(found.token)], ORIGIN, verifying_keys(keys), NOW)
        old = kept_answer(table.get(taken.nonce), payment.request)
        if old is None:
            table[taken.nonce] = spent(taken.nonce, payment.request, HOUR, NOW)
            done.append("key package")
            table[taken.nonce] = answered(table[taken.nonce], 200, b"key package")
            old = table[taken.nonce].answer
        assert old == KeptAnswer(200, b"key package")
        assert outcome(payment, status, challenged=False) is (Outcome.settled if status else Outcome.repeat)
    assert done == ["key package"]
