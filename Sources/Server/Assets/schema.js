// Which rules of a JSON Schema (2020-12) hold at a place of a document that is being written.
//
// Rules are joined along $ref, allOf and the side of if/then/else that the document is on; anyOf and oneOf give alternatives, of
// which those remain that what is written can still become. So a `model` that is chosen decides which keys are offered.

import { member } from "./json-path.js";

const KINDS = { object: "object", array: "array", string: "string", number: "number" };
// A node of a schema holds so few alternatives in truth; a bound keeps a strange schema from taking the page down.
const MOST = 64;

/** The alternatives of the rules at `path` of a document, each one plain set of rules. */
export function rulesAt(schema, root, path) {
  let alternatives = expand(schema, schema, root);
  let node = root;
  for (const step of path) {
    const child = childOf(node, step);
    alternatives = alternatives.flatMap((rules) => {
      const inner = stepInto(rules, step);
      return inner ? expand(schema, inner, child) : [];
    }).slice(0, MOST);
    node = child;
  }
  return alternatives;
}

function childOf(node, step) {
  if (!node) return null;
  if (node.kind === "array") return node.items[step] || null;
  return (member(node, String(step)) || { value: null }).value;
}

function stepInto(rules, step) {
  if (typeof step === "number") return rules.items || null;
  if (rules.properties && Object.hasOwn(rules.properties, step)) return rules.properties[step];
  const others = rules.additionalProperties;
  return others && typeof others === "object" ? others : null;
}

/** All alternatives of a schema, of which a node under it says which hold. */
function expand(schema, rules, node, depth = 0) {
  if (depth > 40 || !rules || typeof rules !== "object") return [{}];
  const { $ref, allOf, anyOf, oneOf, if: condition, then, else: otherwise, ...plain } = rules;
  let found = [plain];
  const join = (other) => {
    found = crossed(found, expand(schema, other, node, depth + 1));
  };
  if ($ref) join(referred(schema, $ref));
  for (const one of allOf || []) join(one);
  if (condition) {
    const side = holds(condition, node) ? then : otherwise;
    if (side) join(side);
  }
  for (const choice of [anyOf, oneOf]) {
    if (!choice) continue;
    const all = choice.flatMap((one) => expand(schema, one, node, depth + 1));
    const possible = all.filter((one) => canBecome(one, node));
    found = crossed(found, possible.length ? possible : all);
  }
  return found;
}

function referred(schema, reference) {
  let found = schema;
  for (const part of reference.slice(1).split("/").filter(Boolean)) {
    found = found && found[decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return found || {};
}

function crossed(left, right) {
  return left.flatMap((one) => right.map((other) => joined(one, other))).slice(0, MOST);
}

/** Both sets of rules at once; what the first says of itself in words stands, as it is nearer. */
function joined(one, other) {
  const both = { ...other, ...one };
  if (one.properties && other.properties) {
    both.properties = { ...other.properties };
    for (const [key, rules] of Object.entries(one.properties)) {
      const twin = Object.hasOwn(other.properties, key) ? other.properties[key] : null;
      both.properties[key] = twin ? { ...rules, allOf: [...(rules.allOf || []), twin] } : rules;
    }
  }
  if (one.required && other.required) both.required = [...new Set([...one.required, ...other.required])];
  return both;
}

/** Whether a condition holds of what is written; only the words that stand in our conditions. */
function holds(condition, node) {
  if (condition.type && !(node && KINDS[condition.type] === node.kind)) return false;
  if (node && node.kind === "object") {
    if ((condition.required || []).some((key) => !member(node, key))) return false;
    return Object.entries(condition.properties || {}).every(([key, rules]) => {
      const one = member(node, key);
      return !one || !("const" in rules) || Boolean(one.value && one.value.value === rules.const);
    });
  }
  return !condition.required && !condition.properties;
}

/** Whether what is written may yet fulfil the rules: its kind fits, and no key stands there that they do not know. */
function canBecome(rules, node) {
  if (!node || node.kind === "bad") return true;
  if ("const" in rules) return node.value === rules.const;
  if (rules.enum) return rules.enum.includes(node.value);
  const kind = rules.type === "integer" ? "number" : KINDS[rules.type];
  if (kind && kind !== node.kind) return false;
  if (node.kind !== "object" || rules.additionalProperties !== false) return true;
  return node.members.every((one) => {
    // A key without a colon is still being written.
    if (one.colon === null) return true;
    if (!rules.properties || !Object.hasOwn(rules.properties, one.key.value)) return false;
    const known = rules.properties[one.key.value];
    return !("const" in known) || !one.value || one.value.value === known.const;
  });
}

/** What a set of rules says in words of a value, and the unit in its last brackets: {words, unit}. */
export function wordsOf(rules) {
  const words = rules.description || "";
  const unit = /\(([^()]+)\)(?:; may be drawn per path)?$/.exec(words);
  return { words, unit: unit ? unit[1] : "" };
}

/** The range of a number in words, or "". */
export function rangeOf(rules) {
  const parts = [];
  if (rules.exclusiveMinimum !== undefined) parts.push(`above ${rules.exclusiveMinimum}`);
  if (rules.minimum !== undefined) parts.push(`at least ${rules.minimum}`);
  if (rules.exclusiveMaximum !== undefined) parts.push(`below ${rules.exclusiveMaximum}`);
  if (rules.maximum !== undefined) parts.push(`at most ${rules.maximum}`);
  return parts.join(", ");
}
