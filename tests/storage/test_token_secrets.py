"""What challenges and pseudonyms follow from."""

from simulator.storage import Store


def test_there_is_one_for_each_purpose(store: Store) -> None:
    assert store.token_secrets.get("token_context_key") is None
    store.token_secrets.put("token_context_key", b"c" * 32)
    store.token_secrets.put("token_holder_key", b"h" * 32)
    assert store.token_secrets.get("token_context_key") == b"c" * 32
    assert store.token_secrets.get("token_holder_key") == b"h" * 32
