"""What is for other drafts than the one that is wanted, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from simulator.scenario.loading.pipeline import LoadOptions, read_all
from simulator.scenario.loading.problems import ScenarioFileError
from simulator.scenario.loading.substitution import Plain
from simulator.scenario.schema import ScenarioFile


@dataclass(frozen=True, slots=True)
class OfOtherDrafts:
    """A file that is not for the draft that is wanted."""

    content: ScenarioFile
    """What it says in the first draft that it is for, the first combination of its matrix."""
    parameters: Mapping[str, Plain]
    """The values of its parameters there."""
    why: str
    """Why it is not for the other one, in a sentence."""


def of_other_drafts(text: str, file: str, options: LoadOptions) -> OfOtherDrafts | None:
    """A file's text as it is for other drafts than that of the options; None for a part. Raises ScenarioFileError."""
    found = read_all(text, file, replace(options, draft=None))
    if not found:
        return None
    variant, content = found[0]
    return OfOtherDrafts(content, variant.values, _why(content, text, file, options))


def _why(content: ScenarioFile, text: str, file: str, options: LoadOptions) -> str:
    if content.other_drafts is not None:
        return content.other_drafts
    if content.drafts:
        return f"the file is for {' and '.join(content.drafts)} only"
    try:
        read_all(text, file, options, alone=True)
    except ScenarioFileError as error:
        first = error.problems[0]
        message = first.message.partition("; known: ")[0]
        return f"line {first.span.line}: {message}" if first.span else message
    return f"the file is for {content.topology.draft}"
