// Finds the numbers of a document that people turn most: by their keys, where the schema has a number or a time there.

import { pointer } from "./json-path.js";
import { rulesAt, wordsOf, rangeOf } from "./schema.js";

const KEYS = new Set([
  "annualVolatility", "annualDrift", "jumpsPerYear", "drop", "rise", "change", "jump", "duration", "fraction", "halfLife", "volatility",
  "halfSpread", "depth", "volume", "beta", "length", "takerFeeBps", "initialMargin", "maintenanceMargin", "maximumParticipation",
  "latency", "totalSteps", "learningRate", "leverage", "paths", "discount", "entropy",
]);
const MOST = 80;
const TIME = /^-?\d+(\.\d+)?(ms|s|m|h|d)(\d+(\.\d+)?(ms|s|m|h|d))*$/;

/** The fields {path, name, group, value, isTime, unit, words, range} of a document that is read by a schema. */
export function commonNumbers(schema, root) {
  const found = [];
  walk(root, [], (path, node) => {
    if (found.length < MOST && KEYS.has(path[path.length - 1])) found.push(...fields(schema, root, path, node));
  });
  return found;
}

function walk(node, path, visit) {
  if (!node) return;
  if (path.length) visit(path, node);
  if (node.kind === "object") for (const one of node.members) walk(one.value, [...path, one.key.value], visit);
  if (node.kind === "array") node.items.forEach((item, index) => walk(item, [...path, index], visit));
}

/** One field for a number; two or three for one that is drawn between two, or around a typical one. */
function fields(schema, root, path, node) {
  if (node.kind === "number" || isTime(node)) return made(schema, root, path, path, node);
  if (node.kind !== "object") return [];
  return node.members.flatMap(({ key, value }) => {
    if (!value) return [];
    const inner = [...path, key.value];
    if (["low", "typical", "high", "mean", "sd"].includes(key.value)) return made(schema, root, path, inner, value);
    if (key.value !== "between" || value.kind !== "array") return [];
    return value.items.flatMap((item, index) => made(schema, root, path, [...inner, index], item));
  });
}

function isTime(node) {
  return node.kind === "string" && TIME.test(node.value);
}

function made(schema, root, keyPath, path, node) {
  if (node.kind !== "number" && !isTime(node)) return [];
  const time = isTime(node);
  const rules = rulesAt(schema, root, path).find((one) => time ? one.pattern || one.type === "string" : /number|integer/.test(one.type));
  if (!rules) return [];
  const outer = rulesAt(schema, root, keyPath).map(wordsOf).find((one) => one.words) || { words: "", unit: "" };
  const own = wordsOf(rules);
  const unit = outer.unit || own.unit || (time ? "time, as 30s, 2h or 5d" : "");
  return [{ path, name: pointer(path), group: group(path), value: node.value, isTime: time, unit, words: outer.words, range: rangeOf(rules) }];
}

function group(path) {
  return path[0] === "assets" || path[0] === "events" ? pointer(path.slice(0, 2)) : pointer(path.slice(0, 1));
}
