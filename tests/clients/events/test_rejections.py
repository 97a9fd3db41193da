"""The list of rules has every rule that stands in the source where a message is refused, and no other."""

import ast
import re
from pathlib import Path

import simulator
from simulator.clients.events.rejections import rules
from simulator.drafts import registry
from simulator.drafts.mimi_protocol_06.room.rule import LIST_INVALID, NOT_A_PARTICIPANT
from simulator.mls import errors

ROOT = Path(simulator.__file__).parent
KINDS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, errors.MLSError)}
MAKERS = KINDS | {"rule", "of_another", "client_rule", "Rejected"}
"""What is called with a rule: errors, and the functions that make them."""
NAMED = {NOT_A_PARTICIPANT, LIST_INVALID}
"""What a draft has constants for."""
OF_ONE_S_OWN = {"proposals_pending", "no_reinit", "equivocation", "seed"}
"""What refuses no message but something of one's own, or is told as another event; and a word that is no rule."""


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def rules_in(file: Path) -> set[str]:
    calls = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call)]
    makers = MAKERS | ({"__init__"} if file.name == "errors.py" else set())
    said = [
        argument.value
        for call in calls
        if called(call) in makers
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    named = [keyword.value for call in calls for keyword in call.keywords if keyword.arg == "slug"]
    said += [each.value for each in named if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    return {word for word in said if re.fullmatch("[a-z_]+", word)}


def test_every_rule_is_listed_and_no_other() -> None:
    files = [*(ROOT / "mls").rglob("*.py"), *(ROOT / "clients").rglob("*.py"), *(ROOT / "drafts").rglob("*.py")]
    found = set().union(*map(rules_in, files))
    assert len(found) > 50, "the search finds what it looks for"
    codes = {str(code) for draft in registry.known() for code in draft.codes}
    assert set(rules()) == (found - OF_ONE_S_OWN) | NAMED | codes
    assert list(rules()) == sorted(set(rules()))
