// The decoded tree of a body, as an ARIA tree: arrow keys move, left and right fold and unfold.

const UNFOLDED = 3;
const LONG = 48;

/** Whether opaque bytes may well be text: long enough that chance did not make them printable, short enough to read. */
const isText = (bytes) => bytes.length >= 8 && bytes.length <= 200 && bytes.every((byte) => byte >= 32 && byte < 127);

class TreeView {
  /** `onPoint(node or null)` on hovering, `onPick(node)` on selecting. */
  constructor(tree, bytes, { onPoint, onPick }) {
    Object.assign(this, { tree, bytes, onPoint, onPick });
    this.elements = new Map();
    this.current = null;
    this.element = el("ul", {
      class: "tree", role: "tree", tabindex: 0, "aria-label": `Decoded ${tree.name}`,
      on: {
        keydown: (event) => this.key(event),
        mouseover: (event) => onPoint(this.nodeOf(event.target)),
        mouseleave: () => onPoint(null),
        focus: () => { if (!this.current) this.select(this.tree); },
        click: (event) => this.click(event),
      },
    }, this.item(tree));
    this.unfold(tree);
  }

  /** Everything down to a depth, but not long vectors. */
  unfold(node) {
    if (node.depth >= UNFOLDED || node.children.length > 40) return;
    this.open(node, true);
    node.children.forEach((child) => this.unfold(child));
  }

  item(node) {
    const id = `node-${(TreeView.count = (TreeView.count ?? 0) + 1)}`;
    const line = el("div", { class: "tree-line", style: { "--depth": node.depth } },
      el("span", { class: node.children.length ? "twist" : "twist none", "aria-hidden": "true" }),
      el("span", { class: "tree-name" }, node.name),
      this.value(node),
      el("span", { class: "tree-type" }, node.type));
    const item = el("li", {
      id, role: "treeitem", "aria-level": node.depth + 1, "aria-selected": "false",
      "aria-expanded": node.children.length ? "false" : null,
    }, line);
    line.node = node;
    this.elements.set(node, item);
    return item;
  }

  value(node) {
    if (node.children.length) {
      const said = node.type.startsWith("vector") ? plural(node.children.length, "item") : bytesText(node.length);
      return el("span", { class: "tree-value dim" }, said);
    }
    if (typeof node.value !== "number") return el("span", { class: "tree-value" }, node.value);
    const bytes = this.bytes.subarray(node.end - node.value, node.end);
    const size = el("span", { class: "dim" }, ` ${plural(node.value, "byte")}`);
    if (isText(bytes)) return el("span", { class: "tree-value" }, `“${String.fromCharCode(...bytes)}”`, size);
    const hex = Array.from(bytes.subarray(0, LONG / 2), (byte) => byte.toString(16).padStart(2, "0")).join("");
    return el("span", { class: "tree-value bytes" }, hex, node.value > LONG / 2 && "…", size);
  }

  nodeOf(target) {
    return target.closest(".tree-line")?.node ?? null;
  }

  click(event) {
    const node = this.nodeOf(event.target);
    if (!node) return;
    if (event.target.classList.contains("twist") || node === this.current) this.open(node, !this.isOpen(node));
    this.select(node);
  }

  isOpen(node) {
    return this.elements.get(node)?.getAttribute("aria-expanded") === "true";
  }

  open(node, wanted) {
    const item = this.elements.get(node);
    if (!node.children.length || this.isOpen(node) === wanted) return;
    item.setAttribute("aria-expanded", String(wanted));
    if (wanted && item.children.length === 1) {
      item.append(el("ul", { role: "group" }, node.children.map((child) => this.item(child))));
    }
  }

  /** Select a node, unfolding what it is in. */
  select(node, tell = true) {
    for (let above = node.parent; above; above = above.parent) {
      if (!this.elements.has(above)) this.select(above, false);
      this.open(above, true);
    }
    if (this.current) this.elements.get(this.current).setAttribute("aria-selected", "false");
    this.current = node;
    const item = this.elements.get(node);
    item.setAttribute("aria-selected", "true");
    this.element.setAttribute("aria-activedescendant", item.id);
    item.firstChild.scrollIntoView({ block: "nearest" });
    if (tell) this.onPick(node);
  }

  /** Show which node the pointer is at elsewhere. */
  hint(node) {
    this.element.querySelector(".hinted")?.classList.remove("hinted");
    for (let at = node; at; at = at.parent) {
      const line = this.elements.get(at)?.firstChild;
      if (line?.offsetParent) return line.classList.add("hinted");
    }
    return undefined;
  }

  key(event) {
    const node = this.current ?? this.tree;
    const visible = [...this.element.querySelectorAll(".tree-line")].filter((line) => line.offsetParent).map((line) => line.node);
    const at = visible.indexOf(node);
    const moves = {
      ArrowDown: () => visible[at + 1],
      ArrowUp: () => visible[at - 1],
      Home: () => visible[0],
      End: () => visible[visible.length - 1],
      ArrowRight: () => (this.isOpen(node) ? node.children[0] : this.open(node, true)),
      ArrowLeft: () => (this.isOpen(node) ? this.open(node, false) : node.parent),
    };
    if (!(event.key in moves) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const next = moves[event.key]();
    if (next) this.select(next);
  }
}
