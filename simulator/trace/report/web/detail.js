// One exchange in full: what went over the wire, and what it means.

class Detail {
  constructor({ onClose, onMove }) {
    Object.assign(this, { onMove });
    this.element = el("aside", { class: "detail", "aria-label": "The selected message", hidden: true });
    this.element.addEventListener("keydown", (event) => { if (event.key === "Escape") onClose(); });
    this.close = onClose;
    this.part = "request";
    this.turn = 0;
  }

  hide() {
    this.turn += 1;
    this.element.hidden = true;
    fill(this.element);
  }

  /** Show an exchange, a mark or a step of a scenario. */
  async show(scenario, item) {
    const turn = (this.turn += 1);
    this.element.hidden = false;
    this.element.scrollTop = 0;
    if (item.type === "step") return fill(this.element, this.head(`step ${item.number}, line ${item.line ?? "–"}`, item.label), this.stepFacts(scenario, item));
    if (item.type === "mark") return fill(this.element, this.head(item.at.name, item.kind), this.markFacts(scenario, item));
    const detail = await detailOf(scenario, item);
    if (turn !== this.turn) return undefined;
    const title = item.operation ? `${item.endpoint} · ${item.operation}` : item.endpoint;
    fill(this.element, this.head(`#${item.position + 1}  ${item.from.name} → ${item.to.name}`, title), this.facts(scenario, item, detail), this.parts(item, detail));
    return this.element;
  }

  head(eyebrow, title) {
    return el("header", { class: "detail-head" },
      el("div", {},
        el("p", { class: "eyebrow" }, eyebrow),
        el("h2", {}, title)),
      el("span", { class: "grow" }),
      el("button", { type: "button", class: "quiet square", title: "Previous message (↑)", "aria-label": "Previous message", on: { click: () => this.onMove(-1) } }, icon("left")),
      el("button", { type: "button", class: "quiet square", title: "Next message (↓)", "aria-label": "Next message", on: { click: () => this.onMove(1) } }, icon("right")),
      el("button", { type: "button", class: "quiet square", title: "Close (Esc)", "aria-label": "Close", on: { click: () => this.close() } }, icon("close")));
  }

  facts(scenario, item, detail) {
    const status = item.status === null ? "no answer" : [item.status, item.code].filter(Boolean).join(" ");
    const wait = [detail.opened !== null && `${timeText(detail.opened)} for the connection`, detail.answered !== null && `${timeText(detail.answered)} to the answer's head`].filter(Boolean).join(", ");
    return el("div", { class: "facts-box" },
      item.attack && el("p", { class: "callout attack" }, icon("mask"), "Part of an attack that the scenario orders."),
      item.fault && el("p", { class: "callout fault" }, icon("bolt"), `Fault on the way: ${item.fault}`),
      item.error && el("p", { class: "callout bad" }, icon("failed"), item.error),
      facts([
        ["Status", el("span", { class: `pill tone-${item.tone}` }, status)],
        ["Request", el("span", { class: "mono" }, `${item.method} ${detail.url}`)],
        ["Began", `${timeText(item.started)} into the scenario`],
        ["Took", wait ? `${timeText(item.seconds)} (${wait})` : timeText(item.seconds)],
        detail.simulated !== null && ["Simulated", `from ${timeText(detail.simulated)} on, ${timeText(detail.simulated_seconds)}`],
        ["Versions", [detail.http && `HTTP/${detail.http}`.replace("HTTP/HTTP", "HTTP"), detail.tls, detail.cipher].filter(Boolean).join(" · ") || "none was agreed on"],
        detail.tokens && ["Tokens", detail.tokens],
        ["Step", stepText(scenario, item.step)],
        item.attempt > 1 && ["Attempt", `${item.attempt} with these bytes`],
        detail.connection !== null && ["Connection", `#${detail.connection}`],
        ["In the trace", `event ${item.number}`],
      ]));
  }

  markFacts(scenario, mark) {
    return el("div", { class: "facts-box" },
      mark.reason && el("p", { class: `callout ${mark.tone}` }, mark.reason),
      facts([
        ["What", mark.text],
        ["When", `${timeText(mark.started)} into the scenario`],
        ["Step", stepText(scenario, mark.step)],
        ...mark.facts.map(([name, value]) => [name, el("span", { class: "mono" }, value)]),
        ["In the trace", `event ${mark.number}`],
      ]));
  }

  stepFacts(scenario, step) {
    const messages = scenario.exchanges.filter((each) => each.step === step.number).length;
    return el("div", { class: "facts-box" },
      step.attack && el("p", { class: "callout attack" }, icon("mask"), "An attack that the scenario orders."),
      step.note && el("p", { class: "note" }, step.note),
      step.mismatches.length > 0 && mismatchTable(step.mismatches),
      facts([
        step.result && ["Result", verdict(step.result)],
        step.message && !step.mismatches.length && ["Said", step.message],
        ["Messages", String(messages)],
        step.seconds !== null && ["Took", timeText(step.seconds)],
      ]));
  }

  parts(item, detail) {
    const panel = el("div", { class: "part", role: "tabpanel", id: "part-panel" });
    const names = { request: `Request ${bytesText(item.sent)}`, answer: detail.answer ? `Answer ${bytesText(item.received)}` : "No answer" };
    const tabs = Object.entries(names).map(([part, name]) => el("button", {
      type: "button", role: "tab", id: `tab-${part}`, "aria-controls": "part-panel", disabled: !detail[part],
      on: { click: () => choose(part), keydown: (event) => { if (["ArrowLeft", "ArrowRight"].includes(event.key)) choose(part === "request" ? "answer" : "request", true); } },
    }, name));
    const choose = (part, focus = false) => {
      if (!detail[part]) return;
      this.part = part;
      tabs.forEach((tab) => {
        const mine = tab.id === `tab-${part}`;
        tab.setAttribute("aria-selected", String(mine));
        tab.tabIndex = mine ? 0 : -1;
        if (mine && focus) tab.focus();
      });
      panel.setAttribute("aria-labelledby", `tab-${part}`);
      fill(panel, this.headers(detail[part]), this.body(detail[part], detail.names));
    };
    choose(detail[this.part] ? this.part : "request");
    return [el("div", { class: "tabs", role: "tablist", "aria-label": "Part of the exchange" }, tabs), panel];
  }

  /** The headers; below each what it says of tokens, field by field. */
  headers({ headers, meanings }) {
    if (!headers.length) return null;
    const meant = (place) => meanings.filter(([at]) => at === place).map(([, said, values]) => el("tr", { class: "meant" },
      el("td", { colspan: 2 }, el("details", {}, el("summary", {}, said),
        el("dl", { class: "fields" }, values.map(([path, value]) => el("div", {}, el("dt", {}, path), el("dd", {}, value))))))));
    return el("details", { class: "headers", open: true },
      el("summary", {}, plural(headers.length, "header")),
      el("table", {}, headers.map(([name, value], place) => [el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, value)), meant(place)])));
  }

  body(part, names) {
    if (!part.bytes.length) return el("p", { class: "dim" }, "No body.");
    const tree = part.tree && treeOf(part.tree, names);
    const nowhere = "Point at a field or a byte to see which belong together.";
    const where = el("p", { class: "where mono" }, nowhere);
    const point = (node) => {
      const shown = node ?? treeView?.current ?? null;
      hexView.mark(shown);
      treeView?.hint(node);
      fill(where, shown ? whereText(shown) : nowhere);
    };
    const pick = (node) => { hexView.mark(node, true); fill(where, whereText(node)); };
    const hexView = new HexView(part.bytes, tree, {
      onPoint: (offset) => { if (tree) point(offset === null ? null : nodeAt(tree, offset)); },
      onPick: (offset) => { if (tree) treeView.select(nodeAt(tree, offset)); },
    });
    const treeView = tree && new TreeView(tree, part.bytes, { onPoint: point, onPick: pick });
    return [
      part.problem && el("p", { class: "callout bad" }, icon("failed"), `Not decodable: ${part.problem}`),
      tree && where,
      el("div", { class: tree ? "both-sides" : "one-side" }, treeView?.element, hexView.element),
    ];
  }
}

const facts = (pairs) => el("dl", { class: "facts" }, pairs.filter(Boolean).map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value))));

const whereText = (node) => `${node.path || node.name}: ${plural(node.length, "byte")} at 0x${node.offset.toString(16)}`;

function stepText(scenario, number) {
  const step = scenario.steps.find((each) => each.number === number);
  return step && step.line ? `${step.number} ${step.label}, line ${step.line}` : "before the first step";
}

/** What a failed step wanted and what came, for the overview and the detail alike. */
const mismatchTable = (mismatches) => el("table", { class: "mismatches" }, mismatches.map(([line, expected, happened]) => [
  el("tr", {}, el("th", { scope: "row" }, "expected"), el("td", {}, expected), el("td", { class: "dim mono" }, `line ${line}`)),
  el("tr", { class: "happened" }, el("th", { scope: "row" }, "happened"), el("td", { colspan: 2 }, happened)),
]));
