// The run as values: unpacks what the page carries and says what a row of a diagram is.

const ROW = { band: 0, both: 1, request: 2, answer: 3, mark: 4 };

/** The bytes of a packed part of the page: gzip in base64. */
async function unpack(id) {
  const text = byId(id).textContent;
  const packed = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The run: everything but headers, bodies and trees. */
async function loadRun() {
  const run = JSON.parse(new TextDecoder().decode(await unpack("run")));
  run.scenarios.forEach((raw, index) => prepare(raw, index, run.columns));
  return run;
}

function prepare(scenario, index, columns) {
  scenario.index = index;
  scenario.exchanges = scenario.exchanges.map((values, position) => {
    const exchange = { type: "exchange", position };
    columns.forEach((name, column) => { exchange[name] = values[column]; });
    exchange.from = scenario.lanes[exchange.sender];
    exchange.to = scenario.lanes[exchange.recipient];
    exchange.tone = toneOf(exchange);
    if (exchange.operation && exchange.endpoint.startsWith(exchange.operation)) exchange.operation = null;
    exchange.words = [
      `#${position + 1}`, exchange.from.name, exchange.to.name, exchange.endpoint, exchange.operation, exchange.method,
      exchange.status, exchange.code, exchange.error, exchange.fault && `fault ${exchange.fault}`,
    ].filter(Boolean).join(" ").toLowerCase();
    return exchange;
  });
  for (const mark of scenario.marks) {
    mark.type = "mark";
    mark.at = scenario.lanes[mark.lane];
    mark.words = `${mark.at.name} ${mark.kind} ${mark.text} ${mark.reason}`.toLowerCase();
  }
  for (const step of scenario.steps) {
    step.type = "step";
    step.words = `${step.number} ${step.label} ${step.note} ${step.message}`.toLowerCase();
  }
  const steps = new Map(scenario.steps.map((step) => [step.number, step]));
  for (const item of [...scenario.exchanges, ...scenario.marks]) item.attack = Boolean(steps.get(item.step)?.attack);
  scenario.problems = scenario.steps.filter((step) => step.result === "failed" || step.result === "fault");
  scenario.rows = rowsOf(scenario);
}

function rowsOf(scenario) {
  const rows = [];
  for (let at = 0; at < scenario.layout.length; at += 2) {
    const [kind, reference] = [scenario.layout[at], scenario.layout[at + 1]];
    if (kind === ROW.band) rows.push({ kind, item: scenario.steps[reference] });
    else if (kind === ROW.mark) rows.push({ kind, item: scenario.marks[reference] });
    else rows.push({ kind, item: scenario.exchanges[reference] });
  }
  return rows;
}

/** How an exchange went: `good` (2xx, 3xx), `refused` (4xx) or `bad` (5xx, no answer). */
function toneOf(exchange) {
  if (exchange.error !== null || exchange.status === null || exchange.status >= 500) return "bad";
  return exchange.status >= 400 ? "refused" : "good";
}

/** `4xx`, or `none` where no answer came. */
const statusClass = (exchange) => (exchange.status === null ? "none" : `${Math.floor(exchange.status / 100)}xx`);

const blocks = new Map();

/** Headers, bodies and trees of an exchange, from the block of the page that holds it. */
async function detailOf(scenario, exchange) {
  const last = scenario.blocks.findLastIndex(([first]) => first <= exchange.position);
  const [first, id] = scenario.blocks[last];
  if (!blocks.has(id)) {
    if (blocks.size >= 8) blocks.delete(blocks.keys().next().value);
    blocks.set(id, unpack(id).then(readBlock));
  }
  const block = await blocks.get(id);
  const detail = block.items[exchange.position - first];
  return {
    ...detail,
    request: { ...detail.request, bytes: block.slice(detail.request.at) },
    answer: detail.answer && { ...detail.answer, bytes: block.slice(detail.answer.at) },
    names: block.names,
  };
}

/** A block: four bytes of length, that much JSON, then all bodies in a row. */
function readBlock(bytes) {
  const length = new DataView(bytes.buffer).getUint32(0);
  const content = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const bodies = bytes.subarray(4 + length);
  return { ...content, slice: ([from, size]) => bodies.subarray(from, from + size) };
}

/** The tree of a body as nodes with `parent` and `path`. `raw` is [name, type, offset, length, value, children?], names as numbers. */
function treeOf(raw, names, bytes, parent = null) {
  const [name, type, offset, length, value, children = []] = raw;
  const node = { name: names[name], type: names[type], offset, length, value, parent, end: offset + length };
  node.depth = parent ? parent.depth + 1 : 0;
  node.path = parent === null ? "" : join(parent.path, node.name);
  node.children = children.map((child) => treeOf(child, names, bytes, node));
  return node;
}

const join = (path, name) => (!path || name.startsWith("[") ? path + name : `${path}.${name}`);

/** The nodes without parts, in wire order. */
const leavesOf = (node) => (node.children.length ? node.children.flatMap(leavesOf) : [node]);

/** The deepest node that has the byte at `offset`. */
function nodeAt(node, offset) {
  let [low, high] = [0, node.children.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (node.children[middle].end <= offset) low = middle + 1;
    else high = middle;
  }
  const child = node.children[low];
  return child && child.offset <= offset ? nodeAt(child, offset) : node;
}
