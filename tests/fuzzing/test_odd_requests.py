"""Requests that are odd."""

from simulator.fuzzing.http import written
from simulator.fuzzing.odd_requests import CONVERSATIONS, placed


def test_paths_are_those_of_a_draft() -> None:
    requests, pieces = placed("/post/here", "/read/there")
    said = b"".join(written("http/1.1", each) for each in (*requests, *pieces))
    assert b"/post/here" in said
    assert b"/read/there" in said
    assert b"{post}" not in said
    assert b"{get}" not in said


def test_conversations_are_frames() -> None:
    assert all(each.frames[0].kind == 4 for each in CONVERSATIONS.values())
