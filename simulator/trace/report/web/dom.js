// The only place that makes elements. Strings become text nodes, never markup: bodies, headers and names come from strangers.

/** What can't be seen, or turns what stands around it: control and format characters, separators, halves of characters. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** A text as it is shown: U+FFFD stands where nothing could be seen. Lines and tabs stay. */
const printable = (text) => text.replace(UNSEEN, (character) => (character === "\n" || character === "\t" ? character : "\uFFFD"));

/** Attributes that people read, or hear. */
const READ = new Set(["title", "alt", "aria-label"]);

const SVG = "http://www.w3.org/2000/svg";

/** An element. `props`: `class`, `on` (listeners by name), `data`, `style` (custom properties too), else attributes; null and false are left out. */
function el(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else if (name === "data") Object.assign(element.dataset, value);
    else if (name === "style") for (const [key, item] of Object.entries(value)) element.style.setProperty(key, item);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : READ.has(name) ? printable(String(value)) : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : printable(String(child)));
  }
}

/** Put these in the place of all that is in `element`. */
function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** One of the symbols of the page. */
function icon(name, label = null) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

const byId = (id) => document.getElementById(id);

const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

/** Bytes for people. */
function bytesText(count) {
  if (count < 1000) return `${count} B`;
  const kilo = count / 1000;
  return kilo < 1000 ? `${kilo.toFixed(kilo < 10 ? 1 : 0)} kB` : `${(kilo / 1000).toFixed(1)} MB`;
}

/** Milliseconds for people. */
function timeText(ms) {
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}

const VERDICTS = { passed: "passed", failed: "failed", fault: "fault of the simulator", unsupported: "unsupported", skipped: "skipped", not_run: "not run", unfinished: "unfinished" };

/** A verdict with its sign: not by colour alone. */
const verdict = (result, short = false) => el("span", { class: `verdict is-${result}`, title: short ? VERDICTS[result] : null },
  icon(result in VERDICTS ? result : "unfinished", short ? VERDICTS[result] ?? result : null), short ? null : VERDICTS[result] ?? result);
