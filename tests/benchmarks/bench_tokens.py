"""What a token costs: to issue, beside a plain PSS signature of OpenSSL, and to redeem.

    python -m tests.benchmarks.bench_tokens

Absolute numbers say more about the machine than about us; the ratio is measured in the same run. Ten seconds in all.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPrivateNumbers, RSAPublicNumbers

from simulator.codec import encode
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.crypto.signature import Ed25519
from simulator.privacy_pass import issuance
from simulator.privacy_pass.authorization import read_authorization, write_authorization
from simulator.privacy_pass.key_generation import generate_key
from simulator.privacy_pass.message_signature import RequestTarget, attest, check_genuine, read_attestation
from simulator.privacy_pass.redemption import verify_token
from simulator.privacy_pass.rsa import PrivateKey
from simulator.privacy_pass.token_keys import token_key_id, truncated, write_token_key

ROUNDS = 200
KEYS = 12
SEED, DIGEST = b"k" * 32, b"d" * 32


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The median."""
    times = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    return median(times) * 1000


def in_openssl(key: PrivateKey) -> RSAPrivateKey:
    """The same key, with which OpenSSL signs."""
    d = pow(key.public.e, -1, (key.p - 1) * (key.q - 1))
    public = RSAPublicNumbers(key.public.e, key.public.n)
    return RSAPrivateNumbers(key.p, key.q, d, key.dp, key.dq, key.qinv, public).private_key()


def main() -> None:
    """Print what each step takes."""
    key, rand, scheme = generate_key(bytes(32)), SeededRand(1, "a.example"), Ed25519()
    token_key, public = write_token_key(key.public), scheme.public_of(SEED)
    key_id = token_key_id(token_key)
    pending = issuance.request_token(DIGEST, token_key, rand)
    body = encode(pending.request)
    read = issuance.read_request(body, {truncated(key_id): key})
    response = issuance.issue(read)
    fields = [write_authorization(issuance.finalize(pending, response))]
    target = RequestTarget("b.example", "/token-request", body)
    headers = attest(target, "a.example", 0, lambda content: scheme.sign(SEED, content))
    plain, pss = in_openssl(key), padding.PSS(padding.MGF1(hashes.SHA384()), 48)

    def attested() -> None:
        check_genuine(read_attestation(target, headers), lambda content, value: scheme.verify(public, content, value))

    seeds = iter(number.to_bytes(32, "big") for number in range(1000, 1000 + KEYS))
    issued = milliseconds(lambda: issuance.issue(read))
    signed = milliseconds(lambda: plain.sign(bytes(98), pss, hashes.SHA384()))
    redeemed = milliseconds(lambda: verify_token(read_authorization(fields), {DIGEST}, {key_id: key.public}))
    print("token-issue                     ms")
    print(f"  key from a seed       {milliseconds(lambda: generate_key(next(seeds)), KEYS):10.3f}")
    print(f"  request               {milliseconds(lambda: issuance.request_token(DIGEST, token_key, rand)):10.3f}")
    print(f"  attestation, checked  {milliseconds(attested):10.3f}")
    print(f"  BlindSign             {issued:10.3f}    {issued / signed:.0f} times a plain PSS signature")
    print(f"  a plain PSS signature {signed:10.3f}")
    print(f"  Finalize              {milliseconds(lambda: issuance.finalize(pending, response)):10.3f}")
    print("token-redeem                    ms")
    print(f"  field to verified     {redeemed:10.3f}    {1000 / redeemed:,.0f} in a second")


if __name__ == "__main__":
    main()
