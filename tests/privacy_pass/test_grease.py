from simulator.mls.crypto.randomness import SeededRand
from simulator.privacy_pass import base64url
from simulator.privacy_pass.auth_field import read_challenges
from simulator.privacy_pass.grease import greased_offer
from simulator.privacy_pass.token_types import RESERVED, token_type


def test_a_challenge_of_a_reserved_type_that_follows_from_the_seed() -> None:
    rand = SeededRand(1, "b.example")
    fields = [greased_offer(rand) for _ in range(20)]
    assert fields[0] == greased_offer(SeededRand(1, "b.example"))
    types = {token_type(base64url.read(read_challenges(field)[0].parameters["challenge"])) for field in fields}
    assert types <= set(RESERVED)
    assert len(types) > 5
