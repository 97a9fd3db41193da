"""The rules of a draft, each as something that can be taken away."""

import re
from collections.abc import Iterable, Mapping, Sequence

from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError, hint
from simulator.privacy_pass.requirements import UNSHOWN
from simulator.rules import Requirement, Rule
from simulator.scenario.demands import demands


@dataclass(frozen=True, slots=True)
class Subject:
    """A rule with all that its draft says about it."""

    id: str
    requirement: str
    """The ID of the requirement that it stands for in the draft."""
    source: str
    """The document, as the draft abbreviates it."""
    section: str
    text: str
    """What is demanded, in one line."""
    essential: str | None = None
    """Why nobody can go on without it; None where it can be switched off."""
    reason: str | None = None
    """Why no scenario can have it noticed, where the draft says so."""
    is_own: bool = False
    """Whether a document of the draft demands it; else what every draft is built on does."""

    @property
    def heading(self) -> str:
        """Where it is demanded: the document, and the section where it has one."""
        return f"{self.source}: {self.section}" if self.section else self.source


def subjects(draft: Draft) -> tuple[Subject, ...]:
    """All rules of a draft, in the order of its requirements, then those of what it is built on, by document and number
    of the section; each ID once.
    """
    demanded = demands(draft)
    found: dict[str, Subject] = {}
    for requirement in demanded.requirements:
        rules: dict[str, list[Rule]] = {}
        for rule in demanded.rules.get(requirement.id, ()):
            rules.setdefault(rule.id, []).append(rule)
        for name, same in rules.items():
            found.setdefault(name, _subject(draft, requirement, same))
    places = {each: place for place, each in enumerate(dict.fromkeys(map(_document, found.values())))}
    return tuple(sorted(found.values(), key=lambda each: (places[_document(each)], *_section(each))))


def chosen(known: Sequence[Subject], names: Iterable[str]) -> tuple[Subject, ...]:
    """Those of these IDs, where the ID of a requirement means all rules of it; all where none is given. Raises
    SimulatorError for an ID that nothing has.
    """
    wanted = tuple(dict.fromkeys(names))
    for name in wanted:
        if not any(_is_meant(each, name) for each in known):
            ids = dict.fromkeys(word for each in known for word in (each.id, each.requirement))
            raise SimulatorError(f"--rule {name}: no rule has this ID{hint(name, ids)}")
    if not wanted:
        return tuple(known)
    return tuple(each for each in known if any(_is_meant(each, name) for name in wanted))


def chosen_in_each(known: Mapping[str, Sequence[Subject]], names: Iterable[str]) -> dict[str, tuple[Subject, ...]]:
    """The same by draft, of drafts that have one of these IDs. Raises SimulatorError for an ID that none has."""
    meant = {each.id for each in chosen([each for subjects in known.values() for each in subjects], names)}
    found = {draft: tuple(each for each in subjects if each.id in meant) for draft, subjects in known.items()}
    return {draft: subjects for draft, subjects in found.items() if subjects}


def _is_meant(subject: Subject, name: str) -> bool:
    return name in (subject.id, subject.requirement, subject.id.partition("/")[0])


def _document(subject: Subject) -> str:
    """What stays together: a section of the draft, in which sections have an order; else a document."""
    return subject.heading if subject.is_own else subject.source


def _section(subject: Subject) -> tuple[tuple[int, ...], str]:
    """Where it stands among the other rules of such a document."""
    if subject.is_own:
        return (), ""
    return tuple(int(number) for number in re.findall(r"\d+", subject.section)), subject.section


def _subject(draft: Draft, requirement: Requirement, same: Sequence[Rule]) -> Subject:
    """One of the rules that have one ID: it can be switched off if one of them can."""
    first = same[0]
    text = next((rule.text for rule in same if rule.text), "")
    names = (first.id, first.requirement)
    reasons = (*(unshown.get(name) for unshown in (draft.unshown, UNSHOWN) for name in names), requirement.reason)
    source = (text and first.source) or requirement.source
    return Subject(
        first.id,
        requirement.id,
        source,
        (text and first.section) or requirement.section,
        text or requirement.text,
        first.essential if all(rule.essential for rule in same) else None,
        next((reason for reason in reasons if reason is not None), None),
        source in {each.source for each in draft.requirements},
    )
