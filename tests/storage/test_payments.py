"""What pays for requests that are not settled."""

from simulator.privacy_pass.token import Token
from simulator.storage import Payment, Store, WalletToken

FIRST, SECOND = (Token(2, bytes([n]) * 32, b"c" * 32, b"k" * 32, b"a" * 256) for n in (1, 2))
PAYMENT = Payment("alice", b"r" * 32, FIRST)


def test_each_request_of_a_user_has_one(store: Store) -> None:
    store.payments.put(PAYMENT)
    assert store.payments.get("alice", b"r" * 32) == PAYMENT
    assert store.payments.get("bert", b"r" * 32) is None
    replaced = Payment("alice", b"r" * 32, SECOND, 2)
    store.payments.put(replaced)
    assert store.payments.get("alice", b"r" * 32) == replaced


def test_what_is_settled_takes_no_later_payment_with_it(store: Store) -> None:
    replaced = Payment("alice", b"r" * 32, SECOND, 2)
    store.payments.put(replaced)
    store.payments.remove(PAYMENT)
    assert store.payments.get("alice", b"r" * 32) == replaced
    store.payments.remove(replaced)
    assert store.payments.get("alice", b"r" * 32) is None


def test_what_paid_is_forgotten_with_its_token(store: Store) -> None:
    store.wallet.add(WalletToken("ds.b.example", "b.example", FIRST, None, 100))
    store.payments.put(PAYMENT)
    store.payments.forget()
    assert store.payments.get("alice", b"r" * 32) == PAYMENT
    store.wallet.forget(100)
    store.payments.forget()
    assert store.payments.get("alice", b"r" * 32) is None
