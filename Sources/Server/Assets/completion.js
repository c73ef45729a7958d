// What could be written at the caret, and what stands there, by the document's JSON Schema.

import { parse, placeAt, member } from "./json-path.js";
import { rulesAt, wordsOf, rangeOf } from "./schema.js";

/**
 * What could be written at `offset`: {from, to, path, part, items}.
 *
 * An item is {label, insert, caret, detail, isRequired, goesOn}: the text to put in place of `from..<to`, where the caret goes
 * in it, and whether the next list should open there at once.
 */
export function suggest(schema, text, offset) {
  const root = parse(text);
  const place = placeAt(root, offset);
  if (!root || (place.part === "value" && !place.holder && place.node && place.node.kind !== "bad")) return nothing(offset);
  const { from, to, typed } = replaced(text, place, offset);
  const items = place.part === "key" ? keys(schema, text, root, place, to) : values(schema, root, place);
  return { from, to, path: place.path, part: place.part, items: ranked(items, typed) };
}

function nothing(offset) {
  return { from: offset, to: offset, path: [], part: "value", items: [] };
}

/** The text that a choice takes the place of, and what of it the reader has typed. */
function replaced(text, place, offset) {
  const node = place.node;
  if (!node || node.kind === "object" || node.kind === "array" || offset < node.start || offset > node.end) {
    return { from: offset, to: offset, typed: "" };
  }
  const to = node.kind === "string" && !isWhole(text, node) ? wordEnd(text, offset) : node.end;
  return { from: node.start, to, typed: text.slice(node.start, offset).replace(/^"/, "").replace(/"$/, "") };
}

/** Whether a string's end is its own: not where it is the next string's beginning, as in {"ti "venue": 1}. */
function isWhole(text, node) {
  return node.closed && /^\s*([:,}\]]|$)/.test(text.slice(node.end));
}

function wordEnd(text, offset) {
  const rest = /^[\w$.-]*/.exec(text.slice(offset));
  return offset + rest[0].length;
}

/** The keys that are not there yet, of every alternative that is still possible. */
function keys(schema, text, root, place, to) {
  const path = place.node ? place.path.slice(0, -1) : place.path;
  const found = new Map();
  for (const rules of rulesAt(schema, without(root, place), path)) {
    for (const [key, inner] of Object.entries(rules.properties || {})) {
      const isThere = member(place.holder, key);
      if (found.has(key) || (isThere && isThere !== place.member)) continue;
      found.set(key, { inner, isRequired: (rules.required || []).includes(key) });
    }
  }
  const ends = keyEnds(text, place, to);
  return [...found].map(([key, { inner, isRequired }]) => {
    const start = ends.hasColon ? { text: "", caret: 0, goesOn: false } : startOf(schema, inner);
    const head = ends.hasColon ? JSON.stringify(key) : JSON.stringify(key) + ": ";
    return {
      label: key, isRequired, goesOn: start.goesOn, detail: describe(schema, inner),
      insert: head + start.text + (ends.needsComma ? "," : ""), caret: head.length + start.caret,
    };
  });
}

/** The document without the key under the caret, which is being written and decides nothing. */
function without(root, place) {
  if (!place.member) return root;
  const copy = (node) => {
    if (!node) return node;
    if (node === place.holder) return { ...node, members: node.members.filter((one) => one !== place.member) };
    if (node.kind === "array") return { ...node, items: node.items.map(copy) };
    if (node.kind !== "object") return node;
    return { ...node, members: node.members.map((one) => ({ ...one, value: copy(one.value) })) };
  };
  return copy(root);
}

function keyEnds(text, place, to) {
  const hasColon = Boolean(place.member && place.member.colon !== null);
  return { hasColon, needsComma: !hasColon && /^\s*["{[]/.test(text.slice(to)) };
}

/** How the value of a new key begins: quotes, brackets, or nothing. */
function startOf(schema, rules) {
  const all = rulesAt({ ...rules, $defs: schema.$defs }, null, []);
  const first = all[0] || {};
  if (all.length === 1 && "const" in first && !first.enum) return written(JSON.stringify(first.const));
  if (all.some((one) => one.enum || "const" in one)) return { text: '""', caret: 1, goesOn: true };
  if (first.type === "string") return { text: '""', caret: 1, goesOn: false };
  if (first.type === "array") return { text: "[]", caret: 1, goesOn: false };
  if (first.type !== "object") return { text: "", caret: 0, goesOn: false };
  if (first.properties && first.properties.model) return { text: '{ "model": "" }', caret: 12, goesOn: true };
  return { text: "{}", caret: 1, goesOn: false };
}

function written(text) {
  return { text, caret: text.length, goesOn: false };
}

function describe(schema, rules) {
  return wordsOf(rules).words || wordsOf(rulesAt({ ...rules, $defs: schema.$defs }, null, [])[0] || {}).words;
}

/** The values that a place takes: names, words, what stands for nothing, and the forms of objects. */
function values(schema, root, place) {
  const items = new Map();
  const put = (value, detail) => {
    const insert = typeof value === "string" ? JSON.stringify(value) : JSON.stringify(value, null, 1).replace(/\n\s*/g, " ");
    if (!items.has(insert)) {
      const label = typeof value === "string" ? value : insert;
      items.set(insert, { label, insert, caret: insert.length, detail, isRequired: false, goesOn: false });
    }
  };
  for (const rules of rulesAt(schema, blank(root, place), place.path)) {
    const { words } = wordsOf(rules);
    (rules.enum || []).forEach((value, index) => put(value, (rules.enumDescriptions || [])[index] || words));
    if ("const" in rules && !rules.enum) put(rules.const, words);
    if (rules.type === "boolean") [true, false].forEach((value) => put(value, words));
    if (rules.default !== undefined && typeof rules.default !== "object") put(rules.default, "what it is where nothing is said");
    if (rules.type === "string") (rules.examples || []).forEach((value) => put(value, `for example; ${words}`));
    if (rules.type === "object") putObject(items, rules);
  }
  return [...items.values()];
}

/** An object with the keys that it must have, the caret at the first. */
function putObject(items, rules) {
  const wanted = rules.required || [];
  const isKnown = wanted.every((key) => rules.properties && rules.properties[key]);
  if (!isKnown) return;
  const model = wanted.includes("model");
  const insert = model ? '{ "model": "" }' : wanted.length ? `{ ${wanted.map((key) => `${JSON.stringify(key)}: `).join(", ")} }` : "{}";
  if (items.has(insert)) return;
  const caret = model ? 12 : wanted.length ? insert.indexOf(": ") + 2 : 1;
  const label = wanted.length ? `{ ${wanted.join(", ")} }` : "{ }";
  items.set(insert, { label, insert, caret, detail: wordsOf(rules).words, isRequired: false, goesOn: model });
}

/** The document with the value under the caret left out, so that every value is still possible there. */
function blank(root, place) {
  if (!place.node || place.node.kind === "object" || place.node.kind === "array") return root;
  const copy = (node) => {
    if (!node || node === place.node) return null;
    if (node.kind === "array") {
      return { ...node, items: node.items.map((item) => item === place.node ? { ...item, kind: "bad" } : copy(item)) };
    }
    if (node.kind !== "object") return node;
    return { ...node, members: node.members.map((one) => ({ ...one, value: copy(one.value) })) };
  };
  return copy(root);
}

/** Those that fit what is typed: what begins with it before what holds it, and what must be there before the rest. */
function ranked(items, typed) {
  const wanted = typed.toLowerCase();
  const score = (item) => {
    const label = item.label.toLowerCase();
    if (label.startsWith(wanted)) return 0;
    return label.includes(wanted) ? 1 : isWithin(wanted, label) ? 2 : 3;
  };
  return items.map((item, index) => ({ item, index, score: score(item) }))
    .filter((one) => one.score < 3)
    .sort((a, b) => a.score - b.score || b.item.isRequired - a.item.isRequired || a.index - b.index)
    .map((one) => one.item);
}

function isWithin(wanted, label) {
  let at = 0;
  for (const sign of label) if (sign === wanted[at]) at += 1;
  return at === wanted.length;
}

/** What stands at `offset`, in words: {path, name, words}; words is "" where the schema says nothing. */
export function explain(schema, text, offset) {
  const root = parse(text);
  const place = placeAt(root, offset);
  if (!place.path.length || (place.part === "key" && !place.node)) return { path: place.path, words: "" };
  const all = rulesAt(schema, root, place.path);
  const said = all.map((rules) => chosen(rules, place) || wordsOf(rules).words).find(Boolean) || "";
  const range = all.filter((rules) => rules.type === "number" || rules.type === "integer").map(rangeOf).find(Boolean);
  const usual = all.map((rules) => rules.default).find((value) => value !== undefined && typeof value !== "object");
  const words = [said, range, usual === undefined || usual === "" ? "" : `${JSON.stringify(usual)} where nothing is said`];
  return { path: place.path, words: words.filter(Boolean).join("; ") };
}

function chosen(rules, place) {
  const value = place.part === "value" && place.node ? place.node.value : undefined;
  const index = (rules.enum || []).indexOf(value);
  return index < 0 ? "" : (rules.enumDescriptions || [])[index] || "";
}
