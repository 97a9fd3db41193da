// Begins: unpacks the run, shows the view that the address asks for, minds keys, theme and printing.

const THEMES = ["auto", "light", "dark"];
const KEYS = [
  ["↑ ↓ PgUp PgDn Home End", "move in the diagram, or in the tree"],
  ["Enter", "open the message, event or step"],
  ["Esc", "close it again; back to the overview"],
  ["← →", "fold and unfold a field; change between request and answer"],
  ["/", "filter, or find scenarios"],
  ["n  p", "next and previous problem"],
  ["[  ]", "previous and next scenario"],
  ["c", "lanes for clients, or not"],
  ["t", "light, dark or as the system has it"],
  ["?", "this list"],
];

/** Place in the page: `#scenario id/kind number`, all of it escaped. */
function address(scenario, item) {
  if (!scenario) return "#";
  const place = item ? `/${item.type === "step" ? "step" : "at"}/${item.number}` : "";
  return `#${encodeURIComponent(scenario.id)}${place}`;
}

function placeOf(run, hash) {
  const [id, kind, number] = hash.slice(1).split("/");
  let name = id;
  try { name = decodeURIComponent(id); } catch { /* not one of ours: no scenario is called that */ }
  const scenario = run.scenarios.find((each) => each.id === name) ?? null;
  if (!scenario || !kind) return [scenario, null];
  const items = kind === "step" ? scenario.steps : [...scenario.exchanges, ...scenario.marks];
  return [scenario, items.find((each) => each.number === Number(number)) ?? null];
}

const stored = {
  read() { try { return localStorage.getItem("mimi-sim-theme"); } catch { return null; } },
  write(theme) { try { localStorage.setItem("mimi-sim-theme", theme); } catch { /* a file may have no storage */ } },
};

function startTheme() {
  const [root, button, system] = [document.documentElement, byId("theme-button"), matchMedia("(prefers-color-scheme: dark)")];
  let theme = THEMES.includes(stored.read()) ? stored.read() : "auto";
  const apply = () => {
    root.dataset.theme = theme;
    root.dataset.scheme = theme === "auto" ? (system.matches ? "dark" : "light") : theme;
    button.lastElementChild.textContent = theme;
    button.setAttribute("aria-label", `Colours: ${theme}`);
  };
  const turn = () => { theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]; stored.write(theme); apply(); };
  system.addEventListener("change", apply);
  button.addEventListener("click", turn);
  apply();
  return turn;
}

function startHelp() {
  const help = byId("help");
  fill(help, el("h2", { id: "help-title" }, "Keys"), el("dl", {}, KEYS.map(([keys, what]) => el("div", {}, el("dt", {}, keys.split(" ").filter(Boolean).map((key) => el("kbd", {}, key))), el("dd", {}, what)))),
    el("form", { method: "dialog" }, el("button", {}, "Close")));
  const show = () => help.showModal();
  byId("help-button").addEventListener("click", show);
  return show;
}

class Page {
  constructor(run) {
    this.run = run;
    this.overview = new Overview(byId("overview"), run, address);
    this.view = new ScenarioView(byId("scenario"), run, (scenario, item) => { location.hash = address(scenario, item); });
    this.turnTheme = startTheme();
    this.showHelp = startHelp();
    addEventListener("hashchange", () => this.show());
    addEventListener("keydown", (event) => this.key(event));
    addEventListener("beforeprint", () => preparePrint(run));
    this.show();
  }

  show() {
    const [scenario, item] = placeOf(this.run, location.hash);
    const changed = scenario !== this.scenario;
    this.scenario = scenario;
    document.body.dataset.view = scenario ? "scenario" : "overview";
    byId("overview").hidden = scenario !== null;
    byId("scenario").hidden = scenario === null;
    fill(byId("crumbs"), scenario && this.crumbs(scenario));
    if (scenario) this.view.show(scenario, item);
    if (!changed) return;
    if (scenario) this.view.diagram.element.focus({ preventScroll: true });
    else scrollTo(0, this.place ?? 0);
  }

  crumbs(scenario) {
    const [before, after] = [this.run.scenarios[scenario.index - 1], this.run.scenarios[scenario.index + 1]];
    const step = (to, name, sign, key) => (to ? el("a", { class: "quiet square", href: address(to, null), "aria-label": `${name}: ${to.name}`, title: `${name} (${key}): ${to.name}` }, icon(sign)) : null);
    return [el("a", { href: "#" }, "Overview"), step(before, "Previous scenario", "left", "["), el("span", { class: "dim" }, `${scenario.index + 1} of ${this.run.scenarios.length}`), step(after, "Next scenario", "right", "]")];
  }

  key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || byId("help").open) return;
    const typing = event.target.matches("input, select, textarea");
    if (event.key === "Escape" && typing) return event.target.blur();
    if (typing) return undefined;
    const at = this.scenario?.index;
    const keys = {
      "?": () => this.showHelp(),
      t: () => this.turnTheme(),
      "/": () => (this.scenario ? this.view.filters.text : this.overview.text).focus(),
      Escape: () => { if (this.scenario) this.view.open ? this.view.close() : (location.hash = ""); },
      n: () => this.scenario && this.view.problem(1),
      p: () => this.scenario && this.view.problem(-1),
      c: () => this.scenario && this.view.diagram.turnClients(),
      "]": () => this.goTo(this.run.scenarios[at + 1]),
      "[": () => this.goTo(this.run.scenarios[at - 1]),
    };
    if (!(event.key in keys)) return undefined;
    event.preventDefault();
    return keys[event.key]();
  }

  goTo(scenario) {
    if (scenario) location.hash = address(scenario, null);
  }
}

const PRINTED = { width: 700, rows: 400 };

/** On paper: the overview, and each scenario that did not pass with all of its diagram. */
function preparePrint(run) {
  const failed = run.scenarios.filter((each) => ["failed", "fault", "unfinished"].includes(each.result));
  fill(byId("print"), failed.map((scenario) => {
    const geometry = laneGeometry(scenario.lanes, scenario.rows, PRINTED.width, { squeeze: true });
    let top = 0;
    const rows = scenario.rows.slice(0, PRINTED.rows).map((row) => {
      const element = rowElement(row, geometry, top);
      top += HEIGHT[row.kind];
      return element;
    });
    const left = scenario.rows.length - rows.length;
    return el("article", { class: "printed" }, el("h2", {}, verdict(scenario.result, true), scenario.name), el("p", { class: "mono dim" }, scenario.id),
      scenario.problems.map((step) => [el("p", {}, `Step ${step.number}, ${step.label}, line ${step.line}`), step.mismatches.length ? mismatchTable(step.mismatches) : el("p", {}, step.message)]),
      laneHeads(geometry), el("div", { class: "still" }, lifelines(geometry), rows), left > 0 && el("p", {}, `… and ${plural(left, "row")} more.`));
  }));
}

loadRun().then((run) => {
  document.querySelectorAll("main > .loading").forEach((each) => each.remove());
  globalThis.page = new Page(run);
  document.body.dataset.ready = "";
}, (error) => {
  document.querySelector("[role=status]").textContent = `This report can't be unpacked: ${error.message}`;
});
