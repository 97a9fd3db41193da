"""All that is demanded where a draft is spoken: by its own documents, by RFC 9420, and by rules of no document.

What can be covered has an ID here, and what can be waived: a requirement, or one of the checks (`Rule`) of it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache

from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.privacy_pass.requirements import REQUIREMENTS as PRIVACY_PASS
from simulator.rules import Requirement, Rule, declared_in

ROOMS = (
    "simulator.mls",
    "simulator.privacy_pass",
    "simulator.services",
    "simulator.clients",
    "simulator.drafts.requests",
    "simulator.provider",
)
"""Whoever declares rules that belong to no draft."""


@dataclass(frozen=True, slots=True)
class Demands:
    """The requirements of one draft, in order, those of Privacy Pass, and the rules that are checked of each."""

    requirements: tuple[Requirement, ...]
    rules: Mapping[str, tuple[Rule, ...]]
    """By the ID of the requirement; nothing of what nobody checks."""
    ids: Collection[str]
    """Of all requirements, and of their rules, each once and in order."""

    def whole(self, name: str) -> str:
        """The ID of the requirement that a check (ID) is of; any other ID as it is."""
        return next((whole for whole, rules in self.rules.items() if name in (rule.id for rule in rules)), name)


@lru_cache(maxsize=8)
def demands(draft: Draft) -> Demands:
    """What is demanded in a draft. A rule of no draft is a requirement by itself."""
    rules = [*(rule for package in draft.declares for rule in declared_in(package)), *_of_no_draft()]
    found: dict[str, dict[Rule, None]] = {}
    known = {each.id: each for each in (*draft.requirements, *PRIVACY_PASS)}
    for rule in rules:
        name = rule.requirement
        if name not in known and rule.text:
            known[name] = Requirement(name, rule.source, rule.section, rule.text, draft.unshown.get(name))
        found.setdefault(name, {})[rule] = None
    of_known = {name: tuple(each) for name, each in found.items() if name in known}
    ids = dict.fromkeys((*known, *(rule.id for each in of_known.values() for rule in each)))
    return Demands(tuple(known.values()), of_known, ids.keys())


@cache
def _of_no_draft() -> tuple[Rule, ...]:
    return tuple(rule for package in ROOMS for rule in declared_in(package))


def is_known(name: str, drafts: tuple[Draft, ...]) -> bool:
    """Whether it is in `known`. The requirements are looked at first: for rules, all that declares any is imported."""
    return is_required(name, drafts) or name in known(drafts)


def is_required(name: str, drafts: Iterable[Draft]) -> bool:
    """Whether it is the ID of a requirement of one of these drafts, or of Privacy Pass."""
    return any(name in _requirements(draft) for draft in drafts)


@lru_cache(maxsize=8)
def _requirements(draft: Draft) -> frozenset[str]:
    return frozenset(each.id for each in (*draft.requirements, *PRIVACY_PASS))


@lru_cache(maxsize=8)
def known(drafts: tuple[Draft, ...]) -> Mapping[str, Requirement]:
    """What can be covered in one of these drafts, by ID; a check of a requirement is one by itself here."""
    found: dict[str, Requirement] = {}
    for demanded in map(demands, drafts):
        found |= {each.id: each for each in demanded.requirements}
        rules = [(found[name], rule) for name, of_it in demanded.rules.items() for rule in of_it]
        found |= {rule.id: replace(whole, id=rule.id, text=rule.text or whole.text) for whole, rule in rules}
    return found
