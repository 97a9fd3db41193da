"""Every refusal of the rules names a requirement of this draft, and is raised in one way."""

import ast
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

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


@pytest.mark.parametrize("module", MODULES, ids=lambda each: each.__name__.rpartition(".")[2])
def test_nothing_is_refused_but_by_a_rule(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text())
    raised = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Raise)]
    assert [each for each in raised if "SimulatorError(" not in each] == []


def test_each_check_is_a_rule_of_its_own() -> None:
    ids = [rule.id for rule in dict.fromkeys(rule for _, rule in DECLARED)]
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


OFTEN = {"KNOWN", "CREDENTIAL", "NAME", "CURRENT", "FORM", "VALID"}
"""What is used at several places for one thing: asked of several requests, or of two sorts of a form."""


@pytest.mark.parametrize("module", MODULES, ids=lambda each: each.__name__.rpartition(".")[2])
def test_each_rule_is_checked_at_one_place(module: ModuleType) -> None:
    tree = ast.parse(Path(str(module.__file__)).read_text())
    own = {name for name, value in vars(module).items() if isinstance(value, Rule)} - OFTEN
    used = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    assert {name: used.count(name) for name in own if used.count(name) > 1} == {}
