"""What words and shipped files were called before, so that whoever uses an old name learns the new one."""

from enum import StrEnum
from pathlib import PurePosixPath

from simulator.dataclass import dataclass


class Sort(StrEnum):
    """What an old word was a word for."""

    tag = "tag"
    folder = "folder"
    file = "file"
    """In any folder: its last two parts without a suffix."""
    field = "field"
    """Of a step, with its value: `step.field: value`."""


@dataclass(frozen=True, slots=True)
class OldWord:
    """A word, and the one that took its place."""

    sort: Sort
    old: str
    new: str


OLD_WORDS = (
    OldWord(Sort.tag, "stranger", "external"),
    OldWord(Sort.file, "joins/stranger", "joins/outsider"),
    OldWord(Sort.folder, "stranger", "external"),
    OldWord(Sort.field, "odd_commit.bad_group_info: true", "flaw: bad_group_info_signature"),
    OldWord(Sort.field, "odd_commit.bad_group_info: false", "flaw: nothing"),
)


def tag_now(tag: str) -> str | None:
    """What a tag is called now; None for one that is not old."""
    return next((each.new for each in OLD_WORDS if each.sort is Sort.tag and each.old == tag), None)


def field_now(step: str, field: str, value: object) -> str | None:
    """What a field of a step with this value is now, with its value; None for what is not old."""
    written = str(value).lower() if isinstance(value, bool) else str(value)
    said = f"{step}.{field}: {written}"
    return next((each.new for each in OLD_WORDS if each.sort is Sort.field and each.old == said), None)


def path_now(path: str) -> str | None:
    """Where a shipped file or folder is now, by the path that it had; None for one that has not moved."""
    pure = PurePosixPath(path)
    for each in OLD_WORDS:
        if each.sort is Sort.file and "/".join(pure.with_suffix("").parts[-2:]) == each.old:
            return str(pure.with_name(PurePosixPath(each.new).name + pure.suffix))
        if each.sort is Sort.folder and each.old in pure.parts:
            return "/".join(each.new if part == each.old else part for part in pure.parts).replace("//", "/")
    return None


def told(old: str, new: str) -> str:
    """What is said of an old word."""
    return f'"{old}" is "{new}" now: mimi-sim check --fix rewrites it'
