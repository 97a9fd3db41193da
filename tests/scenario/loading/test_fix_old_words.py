"""Old words are rewritten where they stand, and nothing else is."""

from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.scenario.loading.fix_old_words import fix_file, fixed, fixes

OLD = """\
# A stranger comes.
name:   "stranger"   # the name stays
tags: [ slow,'stranger' , "stranger"] # of\u2028tags\r
steps:
  - create_group: stranger
    tags:
      - stranger   # of a step
      # stranger
    note: |
      stranger
  - together: [{create_group: a, tags: stranger}]
"""
NEW = """\
# A stranger comes.
name:   "stranger"   # the name stays
tags: [ slow,'external' , "external"] # of\u2028tags\r
steps:
  - create_group: stranger
    tags:
      - external   # of a step
      # stranger
    note: |
      stranger
  - together: [{create_group: a, tags: external}]
"""


def test_words_are_rewritten_and_comments_and_layout_stay() -> None:
    found = fixes(OLD, "my.yaml")
    assert [(fix.span.line, fix.span.column) for fix in found] == [(3, 14), (3, 27), (7, 9), (11, 40)]
    assert {(fix.old, fix.new) for fix in found} == {("stranger", "external")}
    assert fixed(OLD, found) == NEW
    assert fixes(NEW, "my.yaml") == ()


def test_a_field_is_rewritten_with_its_value() -> None:
    old = (
        "steps:\n  - odd_commit: {by: bob, bad_group_info:  true}  # once\n"
        "  - odd_commit:\n      bad_group_info: false\n"
    )
    found = fixes(old, "my.yaml")
    assert [(fix.old, fix.new) for fix in found] == [
        ("bad_group_info:  true", "flaw: bad_group_info_signature"),
        ("bad_group_info: false", "flaw: nothing"),
    ]
    assert fixed(old, found) == (
        "steps:\n  - odd_commit: {by: bob, flaw: bad_group_info_signature}  # once\n"
        "  - odd_commit:\n      flaw: nothing\n"
    )


def test_what_is_no_yaml_has_nothing_to_be_fixed() -> None:
    assert fixes("tags: [stranger", "my.yaml") == ()


def test_a_file_is_rewritten_once(tmp_path: Path) -> None:
    file = tmp_path / "my.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + OLD.encode())
    assert len(fix_file(file)) == 4
    assert file.read_bytes() == b"\xef\xbb\xbf" + NEW.encode()
    assert fix_file(file) == ()
    file.write_bytes(b"tags: stranger \xff")
    assert fix_file(file) == ()
    assert fix_file(tmp_path / "nowhere.yaml") == ()


def test_a_part_is_included_from_where_it_is_now(tmp_path: Path) -> None:
    (tmp_path / "external").mkdir()
    (tmp_path / "external" / "part.yaml").write_text("part: some\n")
    file = tmp_path / "my.yaml"
    file.write_text("include:\n  - stranger/part.yaml # moved\n  - stranger/other.yaml\n")
    (fix,) = fix_file(file)
    assert (fix.old, fix.new) == ("stranger/part.yaml", "external/part.yaml")
    assert file.read_text() == "include:\n  - external/part.yaml # moved\n  - stranger/other.yaml\n"


def test_a_file_that_can_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "my.yaml"
    file.write_text("tags: stranger\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("simulator.scenario.loading.fix_old_words.replace_file", full)
    with pytest.raises(SimulatorError, match=r"my.yaml: can't be rewritten: No space left on device"):
        fix_file(file)
