"""The seeds of an issuer's keys."""

from simulator.privacy_pass.key_generation import generate_key
from simulator.privacy_pass.token_keys import token_key_id, write_token_key
from simulator.storage import IssuerKey, Store

OLD, NEW = IssuerKey(bytes(32), 100), IssuerKey((1).to_bytes(32, "big"), 200)


def test_the_present_keys_take_the_place_of_the_others(store: Store) -> None:
    assert store.issuer_keys.all() == ()
    store.issuer_keys.put((OLD,))
    store.issuer_keys.put((NEW, OLD))
    assert store.issuer_keys.all() == (NEW, OLD)


def test_a_key_follows_from_its_seed_and_does_not_show_it() -> None:
    encoded = write_token_key(generate_key(bytes(32)).public)
    assert (OLD.token_key, OLD.truncated_id) == (encoded, token_key_id(encoded)[-1])
    assert "seed" not in repr(OLD)
