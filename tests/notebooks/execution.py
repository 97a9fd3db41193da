"""Runs notebooks in a real kernel, each in a fresh one, and keeps of the outputs what does not change by itself."""

import re
from copy import deepcopy
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "notebooks"
PATIENCE = 120

VARIES = "varies"
"""The tag of cells whose outputs are measured, and so differ from run to run."""

SAYS = ("text/plain", "text/markdown")
"""The sorts of output that are compared: the words. What pictures look like depends on libraries, too."""


def notebooks() -> list[Path]:
    """All of them, in their order."""
    return sorted(FOLDER.glob("*.ipynb"))


def read(path: Path) -> NotebookNode:
    """A notebook from its file."""
    return nbformat.read(path, as_version=4)


def executed(notebook: NotebookNode) -> NotebookNode:
    """A copy with fresh outputs. Raises CellExecutionError for the first cell that fails."""
    fresh = deepcopy(notebook)
    for cell in fresh.cells:
        cell.metadata = NotebookNode({"tags": cell.metadata.tags} if cell.metadata.get("tags") else {})
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    NotebookClient(
        fresh,
        timeout=PATIENCE,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(ROOT)}},
    ).execute()
    fresh.metadata = NotebookNode(
        kernelspec=NotebookNode(display_name="Python 3", language="python", name="python3"),
        language_info=NotebookNode(name="python"),
    )
    for number, cell in enumerate(fresh.cells):
        cell.id = f"cell-{number:02}"
    return fresh


def said(cell: NotebookNode) -> list[str]:
    """The words of a cell's outputs, line by line; where requests are numbered, without the numbers, and in an order of
    our own: what goes to several providers at once goes in any order.
    """
    words: list[str] = []
    for output in cell.outputs:
        data = output.get("data", {})
        words += [output.text] if output.output_type == "stream" else [data[sort] for sort in SAYS if sort in data]
    return sorted(re.sub(r"^\s*\d+\s", "", line) for text in words for line in text.splitlines())


def varies(cell: NotebookNode) -> bool:
    """Whether its outputs are measured."""
    return VARIES in cell.metadata.get("tags", ())
