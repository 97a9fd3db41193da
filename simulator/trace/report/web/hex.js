// A hex dump that draws only the lines one sees. With a tree, neighbouring fields are told apart by their tint.

const HEX_LINE = 20;
const HEX_WIDTH = 16;

class HexView {
  /** `onPoint(offset or null)` on hovering, `onPick(offset)` on a click. */
  constructor(bytes, tree, { onPoint, onPick }) {
    this.bytes = bytes;
    this.tree = tree;
    this.marked = null;
    if (tree) leavesOf(tree).forEach((leaf, index) => { leaf.tint = 1 + (index % 2); });
    this.lines = el("div", { class: "hex-lines" });
    const height = Math.ceil(bytes.length / HEX_WIDTH) * HEX_LINE;
    this.sheet = el("div", { class: "hex-sheet", style: { height: `${height}px` } }, this.lines);
    this.element = el("div", {
      class: "hex", tabindex: 0, role: "img",
      "aria-label": `Hex dump of ${plural(bytes.length, "byte")}; the tree says what they mean`,
      on: {
        scroll: () => this.draw(),
        mouseover: (event) => onPoint(this.offsetOf(event.target)),
        mouseleave: () => onPoint(null),
        click: (event) => { const at = this.offsetOf(event.target); if (at !== null) onPick(at); },
      },
    }, this.sheet);
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  offsetOf(target) {
    return target.dataset?.at === undefined ? null : Number(target.dataset.at);
  }

  draw() {
    const first = Math.max(0, Math.floor(this.element.scrollTop / HEX_LINE) - 4);
    const last = Math.min(Math.ceil(this.bytes.length / HEX_WIDTH), first + Math.ceil(this.element.clientHeight / HEX_LINE) + 9);
    this.lines.style.transform = `translateY(${first * HEX_LINE}px)`;
    const lines = [];
    for (let line = first; line < last; line += 1) lines.push(this.line(line * HEX_WIDTH));
    fill(this.lines, lines);
    this.paint();
  }

  line(start) {
    const [octets, letters] = [el("span", { class: "octets" }), el("span", { class: "letters" })];
    for (let at = start; at < Math.min(start + HEX_WIDTH, this.bytes.length); at += 1) {
      const byte = this.bytes[at];
      const tint = (this.tree && nodeAt(this.tree, at).tint) || 0;
      const props = { class: `byte tint-${tint}`, data: { at } };
      octets.append(el("span", props, byte.toString(16).padStart(2, "0")));
      letters.append(el("span", props, byte > 32 && byte < 127 ? String.fromCharCode(byte) : "·"));
    }
    return el("div", { class: "hex-line" }, el("span", { class: "offset" }, start.toString(16).padStart(6, "0")), octets, letters);
  }

  /** Highlight the bytes of `node` (null: none); `reveal` also scrolls there. */
  mark(node, reveal = false) {
    this.marked = node;
    if (node && reveal) {
      const [top, bottom] = [Math.floor(node.offset / HEX_WIDTH), Math.ceil(node.end / HEX_WIDTH)].map((line) => line * HEX_LINE);
      const { scrollTop, clientHeight } = this.element;
      if (top < scrollTop || Math.min(bottom, top + clientHeight) > scrollTop + clientHeight) {
        this.element.scrollTop = Math.max(0, top - 2 * HEX_LINE);
        this.draw();
      }
    }
    this.paint();
  }

  paint() {
    const [from, to] = this.marked ? [this.marked.offset, this.marked.end] : [0, 0];
    for (const byte of this.lines.querySelectorAll(".byte")) {
      const at = Number(byte.dataset.at);
      byte.classList.toggle("marked", from <= at && at < to);
    }
  }
}
