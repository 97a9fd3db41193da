import subprocess
import sys

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.by_name import DraftsByName, Listed

ONE = """
import sys
from simulator.drafts import DRAFTS
assert DRAFTS.names
print(DRAFTS.listed[0].exported.partition(":")[0] in sys.modules)
DRAFTS.named(DRAFTS.names[0])
print(*(each.name for each in DRAFTS.listed if each.exported.partition(":")[0] in sys.modules))
"""


def test_a_draft_is_imported_when_it_is_asked_for_and_no_other() -> None:
    done = subprocess.run([sys.executable, "-c", ONE], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", DRAFTS.names[0]]


def test_it_is_a_sequence() -> None:
    assert [draft.name for draft in DRAFTS] == list(DRAFTS.names)
    assert len(DRAFTS) == len(DRAFTS.names)
    assert DRAFTS[:1] == (DRAFTS[0],)
    assert DRAFTS.named(DRAFTS.names[-1]) is DRAFTS[-1]
    assert DRAFTS.named("nothing") is None


def test_what_the_list_calls_it_is_its_name() -> None:
    with pytest.raises(ValueError, match=f"is called {DRAFTS.names[0]}, not other"):
        _ = DraftsByName(Listed("other", DRAFTS.listed[0].exported))[0]
