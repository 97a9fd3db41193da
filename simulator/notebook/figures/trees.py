"""A group as a picture: the ratchet tree with its keys (RFC 9420 4.1, appendix C), the members below it."""

from collections.abc import Mapping
from math import hypot

from simulator.mls.group import Group
from simulator.mls.tree import tree_math
from simulator.mls.tree.leaf_node import LeafNode
from simulator.mls.tree.node import Node
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.notebook.figures.markup import Display, key_chip, key_hue, page, table, text
from simulator.services.members import client_of
from simulator.services.names import parse_client

_WIDE, _HIGH, _RADIUS = 104, 58, 15


def group(name: str, uri: str, held: Mapping[str, Group]) -> Display:
    """A group as its members see it; `held` is what each client has of it, the first one's tree is drawn."""
    words = f"{name} ({uri}): " + ", ".join(f"{client} at epoch {group.epoch}" for client, group in held.items())
    title = f'<h4>{text(name)} <span class="dim mono">{text(uri)}</span></h4>'
    first = next(iter(held.values()), None)
    if first is None:
        return Display(page(title, '<p class="dim">No client here is a member.</p>'), f"{name} ({uri}): nobody's")
    suite = first.public.suite.value
    facts = f'<p class="dim">epoch {first.epoch}, cipher suite {suite}, {_count(len(first.members()))}</p>'
    return Display(page(title, facts, ratchet_tree(first.public.tree), members(first.public.tree, held)), words)


def _count(number: int) -> str:
    return "1 member" if number == 1 else f"{number} members"


def members(tree: RatchetTree, held: Mapping[str, Group]) -> str:
    """The leaves in a table: whose, in which epoch they are, with which keys. Clients with one epoch authenticator
    (RFC 9420 8.7) agree on everything.
    """
    rows: list[tuple[str, ...]] = []
    for index, leaf in tree.leaves():
        state = held.get(client_name(leaf))
        rows.append(
            (
                str(index),
                text(client_name(leaf)),
                "elsewhere" if state is None else str(state.epoch),
                "" if state is None else key_chip(state.epoch_authenticator),
                key_chip(leaf.encryption_key),
                key_chip(leaf.signature_key),
            )
        )
    return table(("leaf", "client", "epoch", "epoch authenticator", "encryption key", "signature key"), rows)


def client_name(leaf: LeafNode) -> str:
    """What people call the client in a leaf: `alice.phone`."""
    name = parse_client(client_of(leaf))
    return f"{name.user.rpartition('/')[2]}.{name.device}"


def ratchet_tree(tree: RatchetTree) -> str:
    """The tree as SVG: a filled circle is a node with a key, in the key's colour; a dashed one is blank."""
    count = tree_math.node_count(tree.leaf_count)
    height = tree_math.level(tree_math.root(tree.leaf_count))
    width, tall = tree.leaf_count * _WIDE, (height + 1) * _HIGH + 8
    lines = []
    for index in range(count):
        for child in (tree_math.left(index), tree_math.right(index)) if tree_math.level(index) else ():
            lines.append(_line(_place(index, height), _place(child, height)))
    circles = "".join(_circle(index, tree.node(index), height) for index in range(count))
    return (
        f'<svg viewBox="0 0 {width} {tall}" style="width:100%;max-width:{width}px" role="img" aria-label="ratchet tree"'
        f' font-family="system-ui,sans-serif" font-size="11" fill="currentColor">{"".join(lines)}{circles}</svg>'
    )


def _place(index: int, height: int) -> tuple[float, float]:
    """Nodes stand from left to right in the order of their indices, which is the order of an inorder walk."""
    return (index + 1) * _WIDE / 2, (height - tree_math.level(index)) * _HIGH + _RADIUS + 6


def _line(above: tuple[float, float], below: tuple[float, float]) -> str:
    """From the rim of one circle to that of the other: fillings are half transparent."""
    across, down = below[0] - above[0], below[1] - above[1]
    part = _RADIUS / hypot(across, down)
    (x1, y1), (x2, y2) = ((above[0] + share * across, above[1] + share * down) for share in (part, 1 - part))
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="currentColor" opacity=".35"/>'


def _circle(index: int, node: Node | None, height: int) -> str:
    x, y = _place(index, height)
    hue = None if node is None else key_hue(node.encryption_key)
    fill = "none" if hue is None else f"hsla({hue},70%,50%,.45)"
    dashed = ' stroke-dasharray="3 3" stroke-opacity=".5"' if node is None else ""
    title = f"node {index}: blank" if node is None else f"node {index}: key {node.encryption_key.hex()}"
    name = client_name(node) if isinstance(node, LeafNode) else ""
    under = f'<text x="{x}" y="{y + _RADIUS + 13}" text-anchor="middle">{text(name)}</text>' if name else ""
    return (
        f'<g><title>{title}</title><circle cx="{x}" cy="{y}" r="{_RADIUS}" fill="{fill}"'
        f' stroke="currentColor"{dashed}/>'
        f'<text x="{x}" y="{y + 4}" text-anchor="middle" opacity=".8">{index}</text>{under}</g>'
    )
