"""What is wrong with a file is said in a word and in a sentence."""

from simulator.drafts.attachments import BadFile
from simulator.drafts.features import DraftFeature
from simulator.drafts.registry import known


def test_a_bad_file_says_by_which_rule() -> None:
    error = BadFile("asset_size", "it is too short")
    assert (error.rule, error.reason, str(error)) == ("asset_size", "it is too short", "it is too short (asset_size)")


def test_only_drafts_with_files_have_the_feature() -> None:
    for draft in known():
        lacking = draft.lacking((DraftFeature.attachments,))
        assert (lacking is None) == (draft.attachments is not None)
        assert lacking in (None, f"{draft.name}: messages refer to no files")
