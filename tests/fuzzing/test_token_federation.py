"""A federation in which one provider pays another."""

from simulator.drafts import registry
from simulator.fuzzing.token_federation import lookup_of, open_paying
from simulator.privacy_pass.redemption import verify_token
from tests.fuzzing.sample import kind


async def test_what_fell_to_hand_is_good() -> None:
    async with open_paying(kind("mimi-transport-00")) as paying:
        made = paying.materials
        key = paying.environment.session.provider("b").executor.store.issuer_keys.all()[0]
        for token in (made.fresh, made.spent):
            verify_token(token, {token.challenge_digest}, {token.token_key_id: key.private.public})
        assert made.fresh != made.spent
        assert made.lookup != made.other
        assert paying.environment.unchanged()


def test_where_a_token_is_wanted() -> None:
    assert lookup_of(registry.named("mimi-transport-00")).name == "connection_key_packages"
