"""Every refusal of the rules names a requirement of this draft, and is raised in one way."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pkgutil import iter_modules

import pytest

from simulator.drafts.mimi_transport_00 import rules
from simulator.drafts.mimi_transport_00.requirements import REQUIREMENTS
from simulator.rules import Rule

MODULES = [import_module(f"{rules.__name__}.{module.name}") for module in iter_modules(rules.__path__)]


def rules_in(value: object) -> Iterator[Rule]:
    """A rule, or those in a table of them."""
    if isinstance(value, Rule):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from rules_in(getattr(value, field.name))


NAMES = [(module, name, value) for module in MODULES for name, value in vars(module).items()]
DECLARED = [(f"{module.__name__}.{name}", rule) for module, name, value in NAMES for rule in rules_in(value)]


@pytest.mark.parametrize(("where", "rule"), DECLARED)
def test_each_rule_is_of_a_requirement(where: str, rule: Rule) -> None:
    assert rule.requirement in {requirement.id for requirement in REQUIREMENTS}, where


def test_there_are_rules_for_all_that_is_validated() -> None:
    named = {rule.requirement for _, rule in DECLARED}
    groups = {each.id for each in REQUIREMENTS if "-VALIDATION-" in each.id and "-ADD-PACKAGES-" not in each.id}
    packages = {each for each in groups if "PACKAGES" in each}
    assert groups - packages - named == set()


def test_each_check_is_a_rule_of_its_own() -> None:
    ids = [rule.id for rule in dict.fromkeys(rule for _, rule in DECLARED)]
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


OFTEN = {"KNOWN", "CREDENTIAL", "NAME", "CURRENT", "FORM", "VALID"}
"""What is used at several places for one thing: asked of several requests, or of two sorts of a form."""
