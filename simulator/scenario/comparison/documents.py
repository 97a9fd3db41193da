"""The table, as JSON and as Markdown."""

import json
from typing import Any

from simulator.scenario.comparison.attacks import Attack, End
from simulator.scenario.comparison.table import Cell, Comparison
from simulator.scenario.coverage_files import markdown_cell


def to_json(comparison: Comparison) -> str:
    """An object with the drafts, each with how many scenarios end how, and a list of the scenarios with a cell for each
    draft: how it ends, and every attack in it.
    """
    drafts = [
        {
            "name": column.name,
            "draft": column.draft,
            "waived": list(column.waived),
            **{end.value: comparison.count(place, end) for end in End},
        }
        for place, column in enumerate(comparison.columns)
    ]
    rows = [
        {
            "id": row.id,
            "name": row.name,
            "file": row.file,
            "differs": row.differs,
            "cells": {column.name: _cell(cell) for column, cell in zip(comparison.columns, row.cells, strict=True)},
        }
        for row in comparison.rows
    ]
    return json.dumps({"drafts": drafts, "attacks": rows}, indent=2) + "\n"


def _cell(cell: Cell) -> dict[str, Any]:
    return {"end": cell.end.value, "why": cell.why, "steps": [_attack(each) for each in cell.attacks]}


def _attack(attack: Attack) -> dict[str, Any]:
    return {
        "number": attack.number,
        "step": attack.label,
        "line": attack.line,
        "end": attack.end.value,
        "why": attack.why,
        "rules": list(attack.rules),
        "answers": list(attack.answers),
        "noticed_by": list(attack.noticed_by),
        "note": attack.note,
    }


def to_markdown(comparison: Comparison) -> str:
    """A page with one table."""
    names = [column.name for column in comparison.columns]
    head = ["attack", *names]
    lines = [
        "# What stops which attack?",
        "",
        "What comes of each scenario's attacks: the step that ends worst. Written by `mimi-sim compare`;",
        "`mimi-sim guide compare` says how to read it.",
        "",
        *(f"- {markdown_cell(line)}" for line in comparison.summary),
        "",
        f"| {' | '.join(markdown_cell(each) for each in head)} |",
        f"|{' --- |' * len(head)}",
    ]
    for row in comparison.rows:
        cells = (f"**{cell.end.value}** {in_short(cell)}".rstrip() for cell in row.cells)
        lines.append(f"| {' | '.join(map(markdown_cell, (row.name, *cells)))} |")
    return "\n".join(lines) + "\n"


def in_short(cell: Cell) -> str:
    """By which rule and with what answer it is blocked, who notices, what succeeds, why it is unsupported."""
    attack = cell.decisive
    if attack is None or attack.end is End.unsupported:
        return cell.why
    by = " ".join((*attack.answers[:1], *attack.rules[:1]))
    match attack.end:
        case End.blocked:
            return by or attack.why
        case End.visible:
            who = ", ".join(attack.noticed_by[:3])
            return f"noticed by {who}: {attack.rules[0]}" if who and attack.rules else attack.why
        case _:
            return attack.why
