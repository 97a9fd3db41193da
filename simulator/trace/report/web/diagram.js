// The sequence diagram: a lane for everybody, a row for everything. Only the rows one sees are in the document.

const HEIGHT = { [ROW.band]: 46, [ROW.both]: 54, [ROW.request]: 29, [ROW.answer]: 29, [ROW.mark]: 28 };
const GUTTER = 104;
const LANE = { provider: 148, client: 104, other: 148 };

/** Where lanes stand in a diagram that may be `room` wide. Where they don't fit, clients at whom nothing happens in `rows`
 * are left out, then lanes get narrower; then clients share their provider's lane, unless `folded` says otherwise: then
 * one scrolls, unless `squeeze`. */
function laneGeometry(lanes, rows, room, { squeeze = false, folded = null } = {}) {
  const sum = (kept) => kept.reduce((total, lane) => total + LANE[lane.kind], 0);
  const busy = new Set(rows.flatMap(({ item }) => (item.type === "mark" ? [item.lane] : [item.sender, item.recipient])));
  const tight = sum(lanes) > room - GUTTER;
  const active = lanes.filter((lane, at) => !tight || lane.kind !== "client" || busy.has(at));
  const fold = folded ?? (room - GUTTER) / sum(active) < (squeeze ? 0.45 : 0.66);
  const kept = fold ? lanes.filter((lane) => lane.kind !== "client") : active;
  const wanted = sum(kept);
  const free = room - GUTTER - wanted;
  const factor = free < 0 ? Math.max((room - GUTTER) / wanted, squeeze ? 0 : fold ? 0.55 : 0.66) : 1;
  const extra = free > 0 ? Math.min(free / kept.length, 120) : 0;
  const providers = [...new Set(lanes.map((lane) => lane.provider))];
  let left = GUTTER;
  const placed = lanes.map((lane) => {
    const shown = kept.includes(lane);
    const width = shown ? LANE[lane.kind] * factor + extra : 0;
    const place = { lane, shown, left, width, center: left + width / 2, hue: providers.indexOf(lane.provider) % 8 };
    left += width;
    return place;
  });
  if (fold) {
    for (const place of placed) if (!place.shown) place.center = placed.find((other) => other.shown && other.lane.provider === place.lane.provider).center;
  }
  return { lanes: placed, shown: placed.filter((place) => place.shown), width: Math.max(left, room), folded: fold };
}

function laneHeads(geometry) {
  return el("div", { class: "lane-heads", style: { width: `${geometry.width}px` }, "aria-hidden": "true" }, geometry.shown.map(({ lane, left, width, hue }) =>
    el("div", { class: `lane-head ${lane.kind} hue-${hue}`, style: { left: `${left}px`, width: `${width}px` }, title: lane.name }, el("span", {}, breakable(lane.name)))));
}

/** A name that may be broken at its dots. */
const breakable = (name) => name.split(/(?=\.)/).flatMap((part, at) => (at ? [el("wbr"), part] : [part]));

const lifelines = (geometry) => el("div", { class: "lifelines", "aria-hidden": "true" }, geometry.shown.map(({ center, lane, hue }) =>
  el("i", { class: `${lane.kind} hue-${hue}`, style: { left: `${center}px` } })));

/** What a row says, for those who hear it. */
function spoken({ kind, item }) {
  if (kind === ROW.band) return `Step ${item.number}, ${item.label}${item.line ? `, line ${item.line}` : ""}${item.attack ? ", an attack" : ""}: ${VERDICTS[item.result] ?? ""}. ${item.note}`;
  if (kind === ROW.mark) return `${item.at.name}: ${item.text}`;
  const asked = `Number ${item.position + 1}, ${item.from.name} asks ${item.to.name}: ${item.endpoint} ${item.operation ?? ""}`;
  const came = item.error ?? `answer ${item.status} ${item.code ?? ""}`;
  const said = { [ROW.both]: `${asked}; ${came}`, [ROW.request]: asked, [ROW.answer]: `Answer to number ${item.position + 1}: ${came}` }[kind];
  return `${said}${item.fault ? `; fault ${item.fault}` : ""}${item.attack ? "; part of an attack" : ""}`;
}

function rowElement(row, geometry, top) {
  const { kind, item } = row;
  const names = ["row", `row-${Object.keys(ROW).find((name) => ROW[name] === kind)}`, item.attack && "attack", item.fault && "faulty"];
  const style = { top: `${top}px`, height: `${HEIGHT[kind]}px`, width: `${geometry.width}px` };
  if (kind === ROW.band) return el("div", { class: [...names, item.result && `is-${item.result}`].filter(Boolean).join(" "), style }, bandContent(item));
  const gutter = el("span", { class: "gutter" }, kind === ROW.answer ? null : [el("b", {}, item.type === "exchange" && item.position + 1), el("span", {}, timeText(item.started))]);
  const content = kind === ROW.mark ? markContent(item, geometry) : arrows(kind, item, geometry);
  return el("div", { class: names.filter(Boolean).join(" "), style }, gutter, content);
}

function bandContent(step) {
  return el("div", { class: "band" },
    step.result && verdict(step.result, true),
    step.number > 0 && el("span", { class: "band-number" }, step.number),
    el("b", {}, step.label),
    step.attack && el("span", { class: "chip attack" }, icon("mask"), "attack"),
    step.line && el("span", { class: "dim mono" }, `line ${step.line}`),
    el("span", { class: "band-note" }, step.result === "failed" || step.result === "fault" ? step.message : step.note || step.message));
}

function markContent(mark, geometry) {
  const place = geometry.lanes[mark.lane];
  const text = geometry.folded && place.lane.kind === "client" ? `${place.lane.name}: ${mark.text}` : mark.text;
  const most = Math.min(560, geometry.width - GUTTER);
  const half = Math.min(most, text.length * 7 + 22) / 2;
  const center = Math.max(GUTTER + half, Math.min(place.center, geometry.width - half));
  return el("span", { class: `mark tone-${mark.tone}`, title: text, style: { left: `${center}px`, "max-width": `${most}px` } }, text);
}

function arrows(kind, item, geometry) {
  const [from, to] = [geometry.lanes[item.sender].center, geometry.lanes[item.recipient].center];
  const parts = [];
  if (kind !== ROW.answer) {
    const label = [el("span", { class: "endpoint" }, item.endpoint), item.operation && el("span", { class: "dim" }, ` ${item.operation}`),
      item.attempt > 1 && el("span", { class: "dim" }, ` attempt ${item.attempt}`)];
    const hit = item.fault && el("span", { class: "chip fault", title: `fault: ${item.fault}` }, icon("bolt"), item.fault);
    parts.push(arrow("request", item, from, to, geometry, [label, hit]));
  }
  if (kind !== ROW.request) {
    const came = item.error !== null || item.status === null
      ? el("span", { class: "came", title: item.error }, `no answer: ${item.error ?? "it was cut off"}`)
      : [el("span", { class: "came" }, item.status, item.code && ` ${item.code}`), el("span", { class: "dim" }, ` ${timeText(item.seconds)}`)];
    parts.push(arrow(item.status === null ? "answer none" : "answer", item, to, from, geometry, came));
  }
  return el("span", { class: "arrows" }, parts);
}

/** An arrow with its label, which may be wider than the arrow but not than the room around its middle. */
function arrow(part, item, from, to, geometry, label) {
  const names = `arrow ${part} tone-${item.tone} ${from === to ? "self" : from < to ? "right" : "left"}`;
  const [left, width] = from === to ? [from, 36] : [Math.min(from, to), Math.abs(to - from)];
  const middle = left + width / 2;
  const room = from === to ? geometry.width - left - 42 : 2 * Math.min(middle - GUTTER + 8, geometry.width - middle);
  return el("span", { class: names, style: { "--left": `${left}px`, "--width": `${width}px`, "--most": `${room}px` } }, el("span", { class: "label" }, label), el("i", { class: "line" }));
}

class Diagram {
  /** `onOpen(item)` when a row is picked, `onLanes(geometry)` when lanes have found their places. */
  constructor({ onOpen, onLanes }) {
    Object.assign(this, { onOpen, onLanes, folded: null });
    this.cursor = -1;
    this.rows = [];
    this.drawn = new Map();
    this.sheet = el("div", { class: "sheet" });
    this.element = el("div", {
      class: "diagram", tabindex: 0, role: "listbox", "aria-label": "Messages, in their order",
      on: {
        scroll: () => this.draw(),
        keydown: (event) => this.key(event),
        pointerdown: (event) => { this.pressed = event.button === 0 ? rowUnder(event) : -1; },
        pointerup: (event) => { const at = rowUnder(event); if (at >= 0 && at === this.pressed) this.pick(at); },
        pointercancel: () => { this.pressed = -1; },
        click: (event) => { if (event.detail === 0) this.pick(rowUnder(event)); },
        focus: () => { if (this.cursor < 0 && this.rows.length) this.point(this.first()); },
      },
    }, this.sheet);
    new ResizeObserver(() => (this.element.clientWidth === this.width ? this.draw() : this.resize())).observe(this.element);
  }

  first() {
    const { scrollTop } = this.element;
    return this.tops.findIndex((top) => top >= scrollTop);
  }

  /** Show those rows of a scenario whose item `keeps` wants, and the steps that they are in. */
  show(scenario, keeps, active) {
    const current = this.rows[this.cursor]?.item;
    this.scenario = scenario;
    const wanted = scenario.rows.filter((row) => row.kind === ROW.band || keeps(row.item));
    this.rows = active ? wanted.filter((row, at) => row.kind !== ROW.band || (wanted[at + 1] && wanted[at + 1].kind !== ROW.band)) : wanted;
    this.tops = new Float64Array(this.rows.length + 1);
    this.rows.forEach((row, at) => { this.tops[at + 1] = this.tops[at] + HEIGHT[row.kind]; });
    this.bars = barsOf(this.rows);
    this.cursor = current ? this.rows.findIndex((row) => row.item === current) : -1;
    this.resize();
    return new Set(this.rows.filter((row) => row.item.type === "exchange").map((row) => row.item)).size;
  }

  resize() {
    if (!this.scenario || !this.element.clientWidth) return;
    this.width = this.element.clientWidth;
    this.geometry = laneGeometry(this.scenario.lanes, this.rows, this.element.clientWidth - 24, { folded: this.folded });
    this.onLanes(this.geometry);
    this.window = el("div", { class: "window" });
    this.busy = el("div", {});
    this.drawn.clear();
    const body = el("div", { class: "body", style: { height: `${this.tops[this.rows.length] + 24}px` } }, lifelines(this.geometry), this.busy, this.window);
    this.sheet.style.width = `${this.geometry.width}px`;
    this.sheet.style.setProperty("--room", `${this.element.clientWidth - 24}px`);
    fill(this.sheet, laneHeads(this.geometry), this.rows.length ? body : el("p", { class: "empty" }, "Nothing here is as the filters want it."));
    this.draw();
  }

  /** Give clients lanes of their own, or their providers' where they had some. */
  turnClients() {
    if (!this.geometry) return;
    this.folded = !this.geometry.folded;
    this.resize();
  }

  rowAt(height) {
    let [low, high] = [0, this.rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.tops[middle + 1] <= height) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The rows in sight. Those that are there already stay what they are: somebody may be pressing a button on one. */
  draw() {
    if (!this.geometry) return;
    const { scrollTop, clientHeight } = this.element;
    const [from, to] = [this.rowAt(scrollTop - 200), Math.min(this.rows.length, this.rowAt(scrollTop + clientHeight + 200) + 1)];
    const shown = [];
    for (const [first, last, lane] of this.bars) {
      if (last < from || first > to) continue;
      const [top, bottom] = [this.tops[first] + HEIGHT[ROW.request] - 6, this.tops[last] + HEIGHT[ROW.answer] - 6];
      shown.push(el("i", { class: `busy hue-${this.geometry.lanes[lane].hue}`, style: { left: `${this.geometry.lanes[lane].center}px`, top: `${top}px`, height: `${bottom - top}px` } }));
    }
    fill(this.busy, shown);
    for (const [at, element] of this.drawn) {
      if (at >= from && at < to) continue;
      element.remove();
      this.drawn.delete(at);
    }
    for (let [at, next] = [to - 1, null]; at >= from; at -= 1) {
      if (!this.drawn.has(at)) this.drawn.set(at, this.window.insertBefore(this.option(at), next));
      next = this.drawn.get(at);
      next.setAttribute("aria-selected", String(at === this.cursor));
    }
  }

  option(at) {
    const element = rowElement(this.rows[at], this.geometry, this.tops[at]);
    const facts = { id: `row-${at}`, role: "option", "aria-setsize": this.rows.length, "aria-posinset": at + 1, "aria-label": printable(spoken(this.rows[at])) };
    for (const [name, value] of Object.entries(facts)) element.setAttribute(name, String(value));
    element.dataset.index = at;
    return element;
  }

  /** Move the cursor to a row and into sight. */
  point(at) {
    if (at < 0 || at >= this.rows.length) return;
    this.cursor = at;
    const room = this.element.clientHeight - 48;
    const [top, bottom] = [this.tops[at], this.tops[at + 1]];
    if (top < this.element.scrollTop) this.element.scrollTop = top - 8;
    else if (bottom > this.element.scrollTop + room) this.element.scrollTop = bottom - room + 8;
    this.draw();
    this.element.setAttribute("aria-activedescendant", `row-${at}`);
  }

  pick(at) {
    this.point(at);
    if (this.rows[at]) this.onOpen(this.rows[at].item);
  }

  /** Go to the row of an item, in the middle of what one sees; false where the filters hide it. */
  goTo(item) {
    const at = this.rows.findIndex((row) => row.item === item);
    if (at < 0) return false;
    this.element.scrollTop = Math.max(0, this.tops[at] - this.element.clientHeight / 3);
    this.point(at);
    return true;
  }

  /** The next row from the cursor on that `wanted` likes, in a direction; -1 where there is none. */
  find(direction, wanted) {
    for (let at = this.cursor + direction; at >= 0 && at < this.rows.length; at += direction) if (wanted(this.rows[at])) return at;
    return -1;
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.element.clientHeight / HEIGHT[ROW.both]) - 1);
    const last = this.rows.length - 1;
    const moves = {
      ArrowDown: () => Math.min(this.cursor + 1, last),
      ArrowUp: () => Math.max(this.cursor - 1, 0),
      PageDown: () => Math.min(this.cursor + page, last),
      PageUp: () => Math.max(this.cursor - page, 0),
      Home: () => 0,
      End: () => last,
    };
    if (event.key === "Enter" || event.key === " ") this.pick(this.cursor);
    else if (event.key in moves) this.point(moves[event.key]());
    else return;
    event.preventDefault();
  }
}

/** Which row is under the pointer, -1 for none. Pressing and letting go are heard, not clicks: there is none where the row
 * was drawn anew in between. Clicks without a pointer, as screen readers make them, are. */
function rowUnder({ target, clientX, clientY }) {
  const row = target.closest(".row") ?? document.elementFromPoint(clientX, clientY)?.closest(".row");
  return row ? Number(row.dataset.index) : -1;
}

/** While a server has not answered yet: from the row of the request to that of the answer, at its lane. */
function barsOf(rows) {
  const [open, bars] = [new Map(), []];
  rows.forEach(({ kind, item }, at) => {
    if (kind === ROW.request) open.set(item, at);
    else if (kind === ROW.answer && open.has(item)) bars.push([open.get(item), at, item.recipient]);
  });
  return bars;
}
