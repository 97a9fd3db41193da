"""Who has a file is compared with who should, octet by octet."""

from pathlib import Path

import pytest

from simulator.scenario import Result
from tests.scenario.small_scenarios import TEAM, play
from tests.scenario.steps.test_download import played

DOWNLOAD = "  - download: {by: bob, group: club, text: Look!}\n"
FILE = f"hex:{(b'a picture' + bytes(91)).hex()}"


@pytest.mark.parametrize(
    ("steps", "file", "by", "happened"),
    [
        (DOWNLOAD, FILE, "bob", ""),
        (DOWNLOAD, "a picture", "[]", ""),
        ("", FILE, "[]", ""),
        ("", FILE, "bob", "nobody has it"),
        (DOWNLOAD, FILE, "[]", "bob.phone has it"),
        (DOWNLOAD, "a picture", "bob", "nobody has it"),
    ],
)
async def test_who_has_it(tmp_path: Path, steps: str, file: str, by: str, happened: str) -> None:
    result = await played(tmp_path, f'{steps}  - expect: {{downloaded: {{file: "{file}", by: {by}}}}}\n')
    assert [mismatch.happened for mismatch in result.steps[-1].mismatches] == ([happened] if happened else [])


async def test_a_draft_without_files_does_not_know_what_it_means() -> None:
    result = await play(TEAM + "\n    expect: {downloaded: {file: x, by: bob}}\n")
    assert result.result is Result.unsupported
