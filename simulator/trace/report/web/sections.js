// Tables about a run: who learned whom, and what became of tokens. A cell that is about a message leads to it.

/** A table that unfolds. `go(item)` opens a message. */
function sectionTable(section, scenario, go) {
  const cell = ([text, place, tone], at) => {
    const item = place === null ? null : scenario.exchanges[place];
    const said = item ? [el("button", { type: "button", class: "link mono", title: "Open this message", on: { click: () => go(item) } }, `#${place + 1}`), " ", text] : text;
    return el(at ? "td" : "th", { scope: at ? null : "row", class: tone ? `said-${tone}` : null }, said);
  };
  return el("details", { class: "section" }, el("summary", {}, section.title),
    el("p", { class: "dim" }, section.said),
    el("div", { class: "wide" }, el("table", { class: "matrix" },
      el("thead", {}, el("tr", {}, section.head.map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, section.rows.map((row) => el("tr", {}, row.map(cell)))))),
    section.left > 0 && el("p", { class: "dim" }, `… and ${section.left.toLocaleString("en")} more`));
}
