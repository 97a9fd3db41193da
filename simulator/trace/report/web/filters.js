// Which messages of a scenario one wants to see.

const ONLY = { "": "everything", problems: "faults and failures", attacks: "attacks", wire: "messages only" };

class Filters {
  constructor(onChange) {
    this.onChange = onChange;
    this.text = el("input", { type: "search", placeholder: "Filter  ( / )", "aria-label": "Filter by text", spellcheck: "false", autocomplete: "off" });
    this.provider = el("select", { "aria-label": "Provider" });
    this.endpoint = el("select", { "aria-label": "Endpoint" });
    this.status = el("select", { "aria-label": "Status" });
    this.only = el("select", { "aria-label": "Show" }, Object.entries(ONLY).map(([value, name]) => el("option", { value }, name)));
    this.count = el("output", { class: "dim", "aria-live": "polite" });
    this.reset = el("button", { type: "button", class: "quiet", hidden: true, on: { click: () => this.clear() } }, "Clear");
    this.inputs = [this.text, this.provider, this.endpoint, this.status, this.only];
    this.element = el("form", { class: "filters", role: "search", "aria-label": "Filter messages", on: { submit: (event) => event.preventDefault() } }, this.inputs, this.reset, this.count);
    this.element.addEventListener("input", () => this.changed());
    this.text.addEventListener("keydown", (event) => { if (event.key === "Escape" && this.text.value) { event.stopPropagation(); this.text.value = ""; this.changed(); } });
  }

  /** What there is to choose from in a scenario. */
  offer(scenario) {
    const sorted = (values) => [...new Set(values)].sort();
    const choices = (select, all, values) => fill(select, el("option", { value: "" }, all), values.map((value) => el("option", { value }, value)));
    choices(this.provider, "all providers", sorted(scenario.lanes.map((lane) => lane.provider)));
    choices(this.endpoint, "all endpoints", sorted(scenario.exchanges.map((each) => each.endpoint)));
    choices(this.status, "any status", sorted(scenario.exchanges.map(statusClass)));
    this.text.value = "";
    this.only.value = "";
  }

  get active() {
    return this.inputs.some((input) => input.value !== "");
  }

  clear() {
    for (const input of this.inputs) input.value = "";
    this.changed();
    this.text.focus();
  }

  changed() {
    this.reset.hidden = !this.active;
    this.onChange();
  }

  /** Whether an exchange or a mark is to be seen. */
  keeps(item) {
    const [text, provider, endpoint, status, only] = this.inputs.map((input) => input.value);
    const wire = item.type === "exchange";
    if ((endpoint || status || only === "wire") && !wire) return false;
    if (endpoint && item.endpoint !== endpoint) return false;
    if (status && statusClass(item) !== status) return false;
    if (provider && !(wire ? [item.from, item.to] : [item.at]).some((lane) => lane.provider === provider)) return false;
    if (only === "problems" && !item.fault && item.tone === "good") return false;
    if (only === "attacks" && !item.attack) return false;
    return text.toLowerCase().split(/\s+/).every((word) => item.words.includes(word));
  }

  say(shown, all) {
    fill(this.count, this.active ? `${shown.toLocaleString("en")} of ${plural(all, "message")}` : plural(all, "message"));
  }
}
