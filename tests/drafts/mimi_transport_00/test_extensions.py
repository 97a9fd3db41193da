"""MIMI's MLS extensions: written and read."""

from simulator.drafts.mimi_transport_00 import extensions
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.senders import external_senders
from simulator.mls.tree.credential import BasicCredential


def test_leaves_say_what_they_speak() -> None:
    leaf = extensions.leaf_extensions((1, 2))
    assert leaf == (Extension(0xF001, bytes.fromhex("0400010002")),)
    assert extensions.spoken_versions(leaf) == (1, 2)
    assert not extensions.is_connection(leaf)
    connection = extensions.leaf_extensions((1,), connection=True)
    assert connection[1] == Extension(0xF003, b"")
    assert extensions.is_connection(connection)


def test_groups_say_their_version_and_who_may_propose() -> None:
    context = extensions.context_extensions(1, "a.example", b"key")
    assert context[0] == Extension(0xF002, bytes.fromhex("0001"))
    assert extensions.group_version(context) == 1
    (sender,) = external_senders(context)
    assert (sender.signature_key, sender.credential) == (b"key", BasicCredential(b"a.example"))


def test_key_packages_of_last_resort() -> None:
    assert extensions.key_package_extensions(last_resort=False) == ()
    marked = extensions.key_package_extensions(last_resort=True)
    assert marked == (Extension(0x000A, b""),)
    assert extensions.is_last_resort(marked)
    assert not extensions.is_last_resort(())


def test_what_is_absent_or_illegible_says_nothing() -> None:
    junk = (
        Extension(extensions.MIMI_DS_VERSIONS, b"\x03\x00\x01\x00"),
        Extension(extensions.MIMI_DS_VERSION, b"\x01"),
    )
    for listed in ((), junk):
        assert extensions.spoken_versions(listed) == ()
        assert extensions.group_version(listed) is None


def test_marks_are_empty() -> None:
    assert extensions.marks_are_empty(())
    for mark in (extensions.CONNECTION, extensions.LAST_RESORT):
        assert extensions.marks_are_empty((Extension(mark, b""),))
        assert not extensions.marks_are_empty((Extension(mark, b"\x00"),))
    assert extensions.marks_are_empty((Extension(extensions.MIMI_DS_VERSION, b"\x00\x01"),)), "which marks nothing"


def test_a_leaf_speaks_no_more_versions_than_anybody_reads() -> None:
    versions = range(extensions.MOST_VERSIONS + 1)
    assert extensions.spoken_versions(extensions.leaf_extensions(versions[1:])) == tuple(versions[1:])
    assert extensions.spoken_versions(extensions.leaf_extensions(versions)) == ()
