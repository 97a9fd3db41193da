"""Nobody refuses what a peer has sent but by a rule: `check` and `refuse` alone make the errors that say so.

Any SimulatorError is one, unless its class says that no peer is at fault. That is looked for in the source, wherever
something is decided about what peers send; tests of the search itself come last.
"""

import ast
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from simulator.clients.events.events import Rejected
from simulator.drafts.requests.endpoint import OwnFailure
from simulator.errors import Misuse, SimulatorError
from simulator.net import ConnectionLost, Unreachable
from simulator.privacy_pass.auth_field import MalformedField
from simulator.services.names import BadName
from simulator.services.refusal import ReceivedRefusal

ROOT = Path(__file__).parent.parent
ROOMS = ("mls", "privacy_pass", "services", "drafts", "clients", "provider")
FILES = [path for room in ROOMS for path in sorted((ROOT / "simulator" / room).rglob("*.py"))]

NO_PEER_IS_AT_FAULT: Mapping[type[SimulatorError], str] = {
    Misuse: "somebody asks it of their own side: no peer has sent anything",
    OwnFailure: "the provider itself has failed",
    ReceivedRefusal: "a peer has said so, and it is only passed on",
    Unreachable: "a provider is asked while it is down: nothing has come in",
    ConnectionLost: "a provider goes down while it asks or is asked",
    BadName: "what a string is not: whoever has it from a peer refuses that by a rule",
    MalformedField: "what a string is not: whoever has it from a peer refuses that by a rule",
}
WITHOUT_RULE: Mapping[tuple[str, str], str] = {
    (
        "clients/mailbox.py",
        "Rejected",
    ): "a Welcome is given up after a week without an answer of its hub",
    (
        "provider/incoming/token_guard.py",
        "HTTPRefusal",
    ): "a refusal about a token gets its challenges, and keeps the rule",
    (
        "provider/incoming/token_issuer.py",
        "HTTPRefusal",
    ): "what is wrong with a token request gets its status, and keeps the rule",
    (
        "services/tokens/refusals.py",
        "Refusal",
    ): "what a rule of Privacy Pass has refused gets a code, and keeps the rule",
}
"""By file and class: what looks like a refusal, and is none."""


def refusals(source: str, names: Mapping[str, Any]) -> Iterator[tuple[int, type]]:
    """Line and class of what refuses without a rule in a source; `names` are the globals of its module.

    That is whoever makes an error that says a peer is at fault, but the function that a `Rule` makes it with; and an
    event of a rejection that does not say which rules were broken.
    """
    tree = ast.parse(source)
    by_rules = {id(inside) for made in _makers(tree) for inside in ast.walk(made)}
    for node in ast.walk(tree):
        called = _named(_made(node), names)
        if not isinstance(called, type) or id(node) in by_rules:
            continue
        if issubclass(called, SimulatorError) and not issubclass(called, tuple(NO_PEER_IS_AT_FAULT)):
            yield node.lineno, called  # type: ignore[attr-defined]
        if called is Rejected and isinstance(node, ast.Call) and len(node.args) + len(node.keywords) < 4:
            yield node.lineno, called


def _made(node: ast.AST) -> ast.expr | None:
    """The class in `Class(...)`, `partial(Class, ...)` and `raise Class`, as far as one can see that."""
    match node:
        case ast.Call(ast.Name("partial"), [first, *_]):
            return first
        case ast.Call(called):
            return called
        case ast.Raise(ast.Name() | ast.Attribute() as raised):
            return raised
    return None


def _makers(tree: ast.AST) -> Iterator[ast.AST]:
    """What is given to a `Rule`, and the functions of that name."""
    rules = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "Rule"]
    given = [each for rule in rules for each in (*rule.args, *(keyword.value for keyword in rule.keywords))]
    names = {each.id for each in given if isinstance(each, ast.Name)}
    yield from given
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name in names)


def _named(node: ast.expr | None, names: Mapping[str, Any]) -> Any:
    """What a name or a dotted name stands for in a module; None where nobody knows."""
    match node:
        case ast.Name(name):
            return names.get(name)
        case ast.Attribute(of, name):
            return getattr(_named(of, names), name, None)
    return None


def _module(path: Path) -> ModuleType:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return import_module(".".join(part for part in parts if part != "__init__"))


def _inside(path: Path) -> str:
    return str(path.relative_to(ROOT / "simulator"))


def test_only_rules_refuse() -> None:
    found = [
        f"{path}:{line}: {kind.__name__} by no rule, and by no {Misuse.__name__}"
        for path in FILES
        for line, kind in refusals_in(path)
    ]
    assert not found, "\n".join(found)


def refusals_in(path: Path) -> list[tuple[int, type]]:
    """Those of a file that no reason stands for."""
    found = refusals(path.read_text(), vars(_module(path)))
    return [(line, kind) for line, kind in found if (_inside(path), kind.__name__) not in WITHOUT_RULE]


@pytest.mark.parametrize(("file", "name"), WITHOUT_RULE)
def test_each_exception_is_needed(file: str, name: str) -> None:
    path = ROOT / "simulator" / file
    assert [kind.__name__ for _, kind in refusals(path.read_text(), vars(_module(path)))] == [name]


@pytest.mark.parametrize("kind", NO_PEER_IS_AT_FAULT, ids=lambda kind: kind.__name__)
def test_each_class_without_rule_is_in_use(kind: type) -> None:
    calls = ((path, node) for path in FILES for node in ast.walk(ast.parse(path.read_text())))
    made = (_named(_made(node), vars(_module(path))) for path, node in calls if _made(node) is not None)
    assert any(isinstance(each, type) and issubclass(each, kind) for each in made)


BEGINNING = """
from functools import partial
from simulator import errors
from simulator.clients.events.events import Rejected
from simulator.errors import Misuse, SimulatorError
from simulator.mls.errors import InvalidCommit, NotAllowed
from simulator.mls import errors as mls
from simulator.rules import Rule, check, refuse
from simulator.services.refusal import Code, ReceivedRefusal, Refusal, rule

class Odd(SimulatorError): ...
class NotHere(Misuse): ...
"""


@pytest.mark.parametrize(
    "ending",
    [
        "raise Refusal(Code.malformed, 'no')",
        "raise InvalidCommit('slug', 'RFC', 'no')",
        "raise mls.InvalidCommit('slug', 'RFC', 'no')",
        "raise errors.SimulatorError('no')",
        "raise Odd('an error of their own')",
        "raise Odd",
        "def no():\n    return Refusal(Code.malformed, 'no')\nraise no()",
        "NO = partial(Refusal, Code.malformed)",
        "def not_the_rule_s(): return Odd()\nR = Rule('X', lambda words: Odd(words))",
        "Rejected('group', 'slug', 'no')",
    ],
)
def test_a_refusal_without_a_rule_is_found(ending: str) -> None:
    assert len(found_in(ending)) == 1


@pytest.mark.parametrize(
    "ending",
    [
        "raise Misuse('no such user')",
        "raise NotHere('no such group')",
        "raise NotAllowed('slug', 'RFC', 'no')",
        "def read(words): return ReceivedRefusal(Code.malformed, words)",
        "R = rule('X', Code.malformed, None)\ndef f(x):\n    check(R, x, 'no')\n    refuse(R, 'no')",
        "R = Rule('X', Odd)\nS = Rule('X', lambda words: Odd(words))\nT = Rule('X', partial(Refusal, Code.malformed))",
        "def of(slug):\n    def broken(words): return Odd(words)\n    return Rule(slug, error=broken)",
        "try: ...\nexcept Refusal as refusal: raise refusal.named('send', 'a.example')",
        "raise ValueError('a fault of the program')",
        "Rejected('group', 'slug', 'no', error.rules)",
    ],
)
def test_anything_else_is_not(ending: str) -> None:
    assert found_in(ending) == []


def found_in(ending: str) -> list[tuple[int, type]]:
    names: dict[str, Any] = {"__name__": "sample"}
    exec(BEGINNING, names)  # what is looked at defines nothing that the search would have to know
    return list(refusals(BEGINNING + ending, names))
