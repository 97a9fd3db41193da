"""Who has sent a message is known until it is forgotten by age."""

from simulator.storage import Store

PHONE, LAPTOP = "mimi://a.example/d/alice/phone", "mimi://a.example/d/alice/laptop"


def test_what_is_older_is_forgotten(store: Store) -> None:
    store.submissions.add(b"first", PHONE, 100)
    store.submissions.add(b"second", LAPTOP, 101)
    assert [store.submissions.client(digest) for digest in (b"first", b"second", b"third")] == [PHONE, LAPTOP, None]
    store.submissions.add(b"first", PHONE, 102)
    store.submissions.forget(102)
    assert [store.submissions.client(digest) for digest in (b"first", b"second")] == [PHONE, None]
    store.submissions.remove(b"first")
    assert store.submissions.client(b"first") is None
