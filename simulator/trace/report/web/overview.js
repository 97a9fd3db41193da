// The first view: how the run went, what failed, all scenarios, plots.

const ORDER = ["fault", "failed", "unfinished", "unsupported", "skipped", "not_run", "passed"];

const folderOf = (scenario) => scenario.id.split("[")[0].split("/").slice(0, -1).join("/");

class Overview {
  constructor(element, run, address) {
    Object.assign(this, { element, run, address });
    this.counts = new Map(ORDER.map((result) => [result, run.scenarios.filter((each) => each.result === result).length]).filter(([, count]) => count));
    this.wanted = new Set();
    this.text = el("input", { type: "search", placeholder: "Find scenarios  ( / )", "aria-label": "Find scenarios by name, tag, requirement or message", spellcheck: "false", autocomplete: "off", on: { input: () => this.list() } });
    this.table = el("div", { class: "tables" });
    fill(element, this.summary(), this.failures(), this.scenarios(), this.requirements(), this.plots());
    this.list();
  }

  summary() {
    const { run } = this;
    const passed = this.counts.get("passed") ?? 0;
    const total = run.scenarios.length;
    const title = passed === total ? (total === 1 ? "The scenario passed" : `All ${total} scenarios passed`) : total === 1 ? "The scenario did not pass" : `${passed} of ${plural(total, "scenario")} passed`;
    const sum = (count) => run.scenarios.reduce((total, each) => total + count(each), 0).toLocaleString("en");
    const started = new Date(run.started * 1000).toISOString().replace("T", " ").slice(0, 19);
    const seeds = run.seeds.length > 4 ? `${run.seeds.length} different ones` : run.seeds.join(", ");
    return el("section", { class: "summary", "aria-labelledby": "summary-title" },
      el("h1", { id: "summary-title" }, title),
      el("div", { class: "proportion", "aria-hidden": "true" }, [...this.counts].reverse().map(([result, count]) => el("i", { class: `is-${result}`, style: { "flex-grow": count } }))),
      el("p", { class: "counts" }, [...this.counts].reverse().map(([result, count]) => el("span", {}, el("b", {}, count), " ", verdict(result)))),
      facts([
        ["Began", `${started} UTC`],
        ["Took", `${run.lasted.toFixed(1)} s`],
        run.seconds > 1.1 * run.lasted && ["In scenarios", `${run.seconds.toFixed(1)} s`],
        ["Seed", seeds],
        ["Simulator", run.simulator.join(", ") || "–"],
        ["Draft", run.drafts.join(", ")],
        ["Messages", sum((each) => each.exchanges.length)],
        ["In bodies", bytesText(run.bytes)],
        ["Connections", run.connections.toLocaleString("en")],
        ["TLS refused", run.tls_failures.toLocaleString("en")],
        ["Faults", sum((each) => each.exchanges.filter((one) => one.fault).length)],
        ["Attacks", sum((each) => each.steps.filter((step) => step.attack).length)],
      ]));
  }

  failures() {
    const failed = this.run.scenarios.filter((each) => ["failed", "fault", "unfinished"].includes(each.result));
    if (!failed.length) return null;
    return el("section", { class: "failures", "aria-labelledby": "failures-title" },
      el("h2", { id: "failures-title" }, "What failed"),
      failed.map((scenario) => el("article", { class: "failure" },
        el("h3", {}, verdict(scenario.result, true), el("a", { href: this.address(scenario, null) }, scenario.name), el("span", { class: "dim mono" }, scenario.id)),
        scenario.problems.map((step) => [
          el("p", {}, el("a", { href: this.address(scenario, step) }, `Step ${step.number}, ${step.label}`), el("span", { class: "dim mono" }, `  ${scenario.file}:${step.line}`)),
          step.mismatches.length ? mismatchTable(step.mismatches) : el("p", { class: "said" }, step.message),
        ]),
        !scenario.problems.length && el("p", { class: "said" }, scenario.message || "The trace has no end: the run was broken off."))));
  }

  scenarios() {
    const chips = [...this.counts.keys()].map((result) => el("button", {
      type: "button", class: "toggle", "aria-pressed": "false",
      on: { click: (event) => {
        if (!this.wanted.delete(result)) this.wanted.add(result);
        event.currentTarget.setAttribute("aria-pressed", String(this.wanted.has(result)));
        this.list();
      } },
    }, verdict(result), el("b", {}, this.counts.get(result))));
    return el("section", { "aria-labelledby": "scenarios-title" },
      el("h2", { id: "scenarios-title" }, "Scenarios"),
      el("div", { class: "bar" }, this.text, this.counts.size > 1 && chips),
      this.table);
  }

  list() {
    const words = this.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = this.run.scenarios.filter((each) => (!this.wanted.size || this.wanted.has(each.result)) && this.matches(each, words));
    const folders = [...new Set(found.map(folderOf))];
    const columns = ["Verdict", "Scenario", "Steps", "Covers", "Messages", "Time"];
    fill(this.table, found.length ? el("table", { class: "matrix" },
      el("thead", {}, el("tr", {}, columns.map((name, at) => el("th", { scope: "col", class: at > 3 ? "number" : null }, at ? name : el("span", { class: "unseen" }, name))))),
      folders.map((folder) => el("tbody", {},
        el("tr", { class: "folder" }, el("th", { colspan: columns.length, scope: "rowgroup" }, folder || "scenarios")),
        found.filter((each) => folderOf(each) === folder).sort((one, other) => ORDER.indexOf(one.result) - ORDER.indexOf(other.result)).map((each) => this.row(each)))),
    ) : el("p", { class: "empty" }, "No scenario is like that."));
  }

  matches(scenario, words) {
    const own = [scenario.id, scenario.name, ...scenario.tags, ...scenario.covers].join(" ").toLowerCase();
    return words.every((word) => own.includes(word) || scenario.exchanges.some((each) => each.words.includes(word)));
  }

  row(scenario) {
    const variant = /\[(.*)\]/.exec(scenario.id);
    const seed = / (seed \d+)$/.exec(scenario.id);
    const values = [...(variant ? variant[1].split(",") : []), ...(seed ? [seed[1]] : [])];
    const chips = [...values.map((text) => el("span", { class: "chip mono" }, text)), ...scenario.tags.map((tag) => el("span", { class: "chip" }, tag))];
    const faults = scenario.exchanges.filter((each) => each.fault).length;
    const attacks = scenario.steps.filter((step) => step.attack).length;
    return el("tr", { class: "scenario" },
      el("td", {}, verdict(scenario.result, true)),
      el("td", { class: "who" }, el("a", { href: this.address(scenario, null) }, scenario.name), el("span", { class: "chips" }, chips,
        attacks > 0 && el("span", { class: "chip attack" }, icon("mask"), plural(attacks, "attack")),
        faults > 0 && el("span", { class: "chip fault" }, icon("bolt"), plural(faults, "fault"))),
      scenario.message && el("span", { class: "dim said" }, scenario.message)),
      el("td", {}, stepStrip(scenario)),
      el("td", { class: "covers mono", title: scenario.covers.join("\n") }, scenario.covers[0], scenario.covers.length > 1 && el("span", { class: "dim" }, ` +${scenario.covers.length - 1}`)),
      el("td", { class: "number" }, scenario.exchanges.length.toLocaleString("en")),
      el("td", { class: "number" }, scenario.seconds === null ? "–" : `${scenario.seconds.toFixed(2)} s`));
  }

  requirements() {
    const covered = new Map();
    for (const scenario of this.run.scenarios) for (const id of scenario.covers) covered.set(id, [...(covered.get(id) ?? []), scenario]);
    if (!covered.size) return null;
    const worst = (scenarios) => ORDER.find((result) => scenarios.some((each) => each.result === result));
    return el("section", { "aria-labelledby": "requirements-title" },
      el("h2", { id: "requirements-title" }, "Requirements"),
      el("details", {}, el("summary", {}, `${plural(covered.size, "requirement")} covered by these scenarios`),
        el("table", { class: "matrix requirements" }, el("tbody", {}, [...covered].sort().map(([id, scenarios]) => el("tr", {},
          el("td", {}, verdict(worst(scenarios), true)), el("td", { class: "mono" }, id),
          el("td", {}, scenarios.map((each) => el("a", { class: `is-${each.result}`, href: this.address(each, null) }, each.name)))))))));
  }

  plots() {
    if (!this.run.plots.length) return null;
    const picture = (svg, theme, said) => el("img", { class: `on-${theme}`, alt: said, src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}` });
    return el("section", { "aria-labelledby": "plots-title" },
      el("h2", { id: "plots-title" }, "Traffic"),
      el("div", { class: "plots" }, this.run.plots.map(({ title, said, light, dark }) => el("figure", {},
        el("figcaption", {}, el("b", {}, title), el("span", { class: "dim" }, said)), picture(light, "light", said), picture(dark, "dark", said)))));
  }
}

/** A square a step, or a bar where there are many. */
function stepStrip(scenario) {
  const steps = scenario.steps.filter((step) => step.number > 0);
  const said = plural(steps.length, "step");
  return el("span", { class: `strip${steps.length > 24 ? " dense" : ""}`, role: "img", "aria-label": said, title: said },
    steps.slice(0, 400).map((step) => el("i", { class: `is-${step.result}${step.attack ? " attack" : ""}` })));
}
