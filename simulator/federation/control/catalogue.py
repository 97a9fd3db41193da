"""What the control interface says about itself: everything is derived from the actions' structs and the error table."""

from typing import Any, get_type_hints

import msgspec

from simulator.docstrings import docstring
from simulator.federation.control.action import Action
from simulator.federation.control.actions import ACTIONS
from simulator.federation.control.errors import ROWS
from simulator.federation.session import Session

LINE = 100
"""How long a value is that stands in the line of its name."""


def catalogue(session: Session) -> dict[str, Any]:
    """Who is there, and which actions there are, each with an example."""
    return {
        "about": "The control interface of a MIMI federation that stays up: act as its users.",
        "how": "POST a JSON object with an action's fields to its path, with Content-Type: application/json.",
        "curl": """curl --json '{"by": "alice"}' $URL/create, where URL is "control" in federation.json""",
        "more": "GET /schema says what each action takes and answers with, and how errors read",
        **_federation(session),
        "actions": {
            f"/{name}": _shown(kind) for name, kind in ACTIONS.items() if session.draft.lacking(kind.needs) is None
        },
    }


def schema() -> dict[str, Any]:
    """What each action takes and answers with, and how errors read."""
    return {
        "actions": {f"/{name}": _described(kind) for name, kind in ACTIONS.items()},
        "errors": {"body": '{"error": "...", "message": "...", ...}', "kinds": _errors()},
    }


def as_page(content: dict[str, Any]) -> bytes:
    """JSON that a person reads: what is deeper than two levels stands in one line."""
    lines = []
    for name, value in content.items():
        said = _line(value)
        if isinstance(value, dict) and len(said) > LINE:
            inner = ",\n".join(f"    {_line(key)}: {_line(each)}" for key, each in value.items())
            said = f"{{\n{inner}\n  }}"
        lines.append(f"  {_line(name)}: {said}")
    return "{{\n{}\n}}\n".format(",\n".join(lines)).encode()


def _line(value: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=0).decode()


def _federation(session: Session) -> dict[str, Any]:
    return {
        "draft": session.draft.name,
        "time": session.now,
        "providers": {
            provider.name: {
                "service_host": provider.service_host,
                "users": {user.name: list(user.devices) for user in session.users if user.at == provider.name},
            }
            for provider in session.providers
        },
        "external": [external.name for external in session.external_providers],
    }


def _shown(kind: type[Action]) -> dict[str, Any]:
    """An action in a line: the first sentence about it, and fields one could send."""
    about, _, _ = " ".join(docstring(kind).split()).partition(". ")
    return {"about": about.rstrip("."), "example": kind.example}


def _described(kind: type[Action]) -> dict[str, Any]:
    """An action: what it does, what it takes and answers with (JSON Schema 2020-12), and fields one could send."""
    return {
        "about": docstring(kind),
        "example": kind.example,
        "takes": msgspec.json.schema(kind),
        "answers": msgspec.json.schema(get_type_hints(kind.run)["return"]),
    }


def _errors() -> list[dict[str, Any]]:
    known = [{"status": row.status, "error": row.word or "its own word", "about": row.about} for row in ROWS]
    refused = {"status": "400-421", "error": "its own word", "about": "the request itself: the message says what"}
    ours = {"status": 500, "error": "simulator_fault", "about": "a failure of the simulator itself"}
    machine = {"status": 503, "error": "machine_failure", "about": "a limit or failure of this machine"}
    return [*known, refused, ours, machine]
