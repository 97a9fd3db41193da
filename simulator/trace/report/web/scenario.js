// The view of one scenario: what it is, its filters, its diagram, and the message that is open.

class ScenarioView {
  /** `go(index, item)` changes the place in the page's address. */
  constructor(element, run, go) {
    Object.assign(this, { element, run, go, scenario: null, open: null });
    this.filters = new Filters(() => this.filter());
    this.clients = el("button", { type: "button", class: "toggle", title: "Lanes for clients (c)", on: { click: () => this.diagram.turnClients() } }, "Clients");
    this.diagram = new Diagram({ onOpen: (item) => this.go(this.scenario, item), onLanes: ({ folded }) => this.clients.setAttribute("aria-pressed", String(!folded)) });
    this.detail = new Detail({ onClose: () => this.close(), onMove: (direction) => this.move(direction) });
    this.head = el("header", { class: "scenario-head" });
    this.work = el("div", { class: "work" }, this.diagram.element, this.detail.element);
    const next = el("button", { type: "button", class: "quiet", title: "To the next failure, fault or refusal (n)", on: { click: () => this.problem(1) } }, "Next problem");
    fill(element, this.head, el("div", { class: "bar" }, this.filters.element, el("span", { class: "grow" }), this.clients, next), this.work);
  }

  /** Show a scenario, and in it an item or none. */
  show(scenario, item) {
    if (scenario !== this.scenario) {
      this.scenario = scenario;
      this.detail.hide();
      this.filters.offer(scenario);
      fill(this.head, this.about(scenario));
      this.diagram.cursor = -1;
      this.diagram.folded = null;
      this.clients.hidden = !scenario.lanes.some((lane) => lane.kind === "client");
      this.diagram.element.scrollTop = 0;
      this.filter();
    }
    if (item === this.open && item !== null) return;
    this.open = item;
    this.work.classList.toggle("with-detail", item !== null);
    if (item === null) {
      this.detail.hide();
      return;
    }
    if (this.diagram.rows[this.diagram.cursor]?.item !== item && !this.diagram.goTo(item)) {
      this.filters.clear();
      this.diagram.goTo(item);
    }
    this.detail.show(scenario, item);
    if (!this.diagram.element.checkVisibility()) this.detail.element.scrollIntoView();
  }

  about(scenario) {
    const variant = /\[.*\]/.exec(scenario.id)?.[0] ?? "";
    const which = scenario.file ? scenario.file + variant : scenario.id;
    const again = `mimi-sim run ${/[^\w./:=,-]/.test(which) ? `'${which}'` : which} --seed ${scenario.seed}`;
    const parameters = Object.entries(scenario.parameters).map(([name, value]) => `${name}=${value}`);
    const said = [scenario.draft, `suite ${scenario.suite}`, scenario.http2 ? "HTTP/2" : "HTTP/1.1", scenario.mutual_tls && "mutual TLS", ...parameters,
      plural(scenario.exchanges.length, "message"), scenario.seconds !== null && `${scenario.seconds.toFixed(2)} s`].filter(Boolean).join(" · ");
    return [
      el("div", { class: "title-line" }, el("h1", {}, scenario.name), verdict(scenario.result), scenario.tags.map((tag) => el("span", { class: "chip" }, tag))),
      el("p", { class: "dim" }, el("span", { class: "mono" }, scenario.id), ` · ${said}`),
      el("details", { class: "about" }, el("summary", {}, "About"),
        scenario.description.trim().split(/\n\s*\n/).map((paragraph) => el("p", { class: "prose" }, paragraph.replace(/\n(?=\S)(?![-*] )/g, " "))),
        scenario.covers.length > 0 && el("p", { class: "chips" }, "Covers ", scenario.covers.map((id) => el("span", { class: "chip mono" }, id))),
        el("p", {}, "Again: ", el("code", {}, again))),
      scenario.sections.map((section) => sectionTable(section, scenario, (item) => this.go(scenario, item))),
      scenario.waived.map((said) => el("p", { class: "callout bad" }, said)),
      scenario.message && el("p", { class: "callout refused" }, scenario.message),
      scenario.problems.map((step) => el("div", { class: "problem" },
        el("button", { type: "button", class: "link", on: { click: () => this.go(scenario, step) } }, `Step ${step.number}, ${step.label}, line ${step.line}`),
        step.mismatches.length ? mismatchTable(step.mismatches) : el("p", {}, step.message))),
    ];
  }

  filter() {
    const shown = this.diagram.show(this.scenario, (item) => this.filters.keeps(item), this.filters.active);
    this.filters.say(shown, this.scenario.exchanges.length);
  }

  close() {
    this.go(this.scenario, null);
    this.diagram.element.focus();
  }

  /** Open the row before or after the one that is open. */
  move(direction) {
    const { rows } = this.diagram;
    const at = this.diagram.find(direction, (row) => row.item !== this.open);
    if (at >= 0) this.diagram.pick(at);
    return rows.length;
  }

  /** To the next (or last) row with a failure, a fault or a refusal. */
  problem(direction) {
    const seen = this.diagram.rows[this.diagram.cursor]?.item;
    const bad = ({ kind, item }) => item !== seen && (kind === ROW.band ? ["failed", "fault"].includes(item.result) : item.fault || item.tone !== "good");
    const at = this.diagram.find(direction, bad);
    if (at < 0) return;
    if (this.open) this.diagram.pick(at);
    else this.diagram.goTo(this.diagram.rows[at].item);
    if (!this.open) this.diagram.element.focus();
  }
}
