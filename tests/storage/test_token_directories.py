"""Issuers' directories."""

from simulator.privacy_pass.directory import Budget, Directory, DirectoryKey, Per
from simulator.privacy_pass.following import KeptDirectory
from simulator.storage import Store


def test_there_is_one_copy_for_each_issuer(store: Store) -> None:
    assert store.token_directories.get("b.example") is None
    first = KeptDirectory(Directory("/token-request", (DirectoryKey(b"k1"),)), 10, 70)
    store.token_directories.put("b.example", first)
    assert store.token_directories.get("b.example") == first
    keys = (DirectoryKey(b"k2", 1_700_000_000), DirectoryKey(b"k1"))
    second = KeptDirectory(Directory("/t", keys, Budget(Per.user, 3, 3600)), 80, 3680, (80,))
    store.token_directories.put("b.example", second)
    assert store.token_directories.get("b.example") == second
    store.token_directories.remove("b.example")
    assert store.token_directories.get("b.example") is None
