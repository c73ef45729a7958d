// Reads JSON that is being written: what is half there, wrong or missing is told around, never thrown, and every part keeps
// its place in the text.
//
// A node is {kind, start, end, …}: kind is "object" (members), "array" (items), "string", "number" or "word" (value), and
// "bad" for what is no JSON. A member is {key, start, end, colon, value}; its key is a string node, its value a node or null.
// `closed` says of strings, objects and arrays whether their end is there.

const SPACE = /\s/;
/** What JSON takes for a number. */
export const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$/;
const WORDS = new Map([["true", true], ["false", false], ["null", null]]);
// Deeper than any document that is read, and less deep than what a browser's stack bears.
const DEEPEST = 400;

/** The document's value, or null where there is none. */
export function parse(text) {
  return new Reader(text).value(0);
}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  skip() {
    while (this.at < this.text.length && SPACE.test(this.text[this.at])) this.at += 1;
  }

  value(depth) {
    this.skip();
    const sign = this.text[this.at];
    if (sign === undefined || sign === "}" || sign === "]" || sign === "," || sign === ":") return null;
    if (sign === "\"") return this.string();
    if (sign === "{" && depth < DEEPEST) return this.object(depth);
    if (sign === "[" && depth < DEEPEST) return this.array(depth);
    return this.bare();
  }

  /** A string ends at its quote or, where that is missing, with the line. */
  string() {
    const start = this.at;
    this.at += 1;
    while (this.at < this.text.length && this.text[this.at] !== "\n") {
      if (this.text[this.at] === "\\" && this.at + 1 < this.text.length) {
        this.at += this.text[this.at + 1] === "\n" ? 1 : 2;
        continue;
      }
      if (this.text[this.at] === "\"") {
        this.at += 1;
        return { kind: "string", start, end: this.at, closed: true, value: unquoted(this.text.slice(start, this.at)) };
      }
      this.at += 1;
    }
    return { kind: "string", start, end: this.at, closed: false, value: unquoted(this.text.slice(start, this.at) + "\"") };
  }

  bare() {
    const start = this.at;
    do this.at += 1; while (this.at < this.text.length && !/[\s,:"{}[\]]/.test(this.text[this.at]));
    const word = this.text.slice(start, this.at);
    if (WORDS.has(word)) return { kind: "word", start, end: this.at, value: WORDS.get(word) };
    if (NUMBER.test(word)) return { kind: "number", start, end: this.at, value: Number(word) };
    return { kind: "bad", start, end: this.at, value: word };
  }

  object(depth) {
    const node = { kind: "object", start: this.at, end: this.at, closed: false, members: [] };
    this.at += 1;
    for (;;) {
      this.skip();
      const sign = this.text[this.at];
      if (sign === undefined || sign === "]") break;
      if (sign === "}") {
        this.at += 1;
        node.closed = true;
        break;
      }
      if (sign === "," || sign === ":") {
        this.at += 1;
        continue;
      }
      node.members.push(this.member(depth));
    }
    node.end = this.at;
    return node;
  }

  member(depth) {
    const key = this.text[this.at] === "\"" ? this.string() : this.value(depth + 1);
    const member = { key, start: key.start, end: this.at, colon: null, value: null };
    this.skip();
    if (this.text[this.at] !== ":") return member;
    member.colon = this.at;
    this.at += 1;
    this.skip();
    // "a": "b": 1 – a value that is followed by a colon is the next member's key, whose own value was forgotten.
    const before = this.at;
    const value = this.value(depth + 1);
    const after = this.at;
    this.skip();
    if (value && value.kind === "string" && this.text[this.at] === ":") {
      this.at = before;
    } else {
      member.value = value;
      member.end = value ? value.end : before;
      this.at = after;
    }
    return member;
  }

  array(depth) {
    const node = { kind: "array", start: this.at, end: this.at, closed: false, items: [] };
    this.at += 1;
    for (;;) {
      this.skip();
      const sign = this.text[this.at];
      if (sign === undefined || sign === "}") break;
      this.at += 1;
      if (sign === "]") {
        node.closed = true;
        break;
      }
      if (sign === "," || sign === ":") continue;
      this.at -= 1;
      node.items.push(this.value(depth + 1));
    }
    node.end = this.at;
    return node;
  }
}

function unquoted(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text.slice(1, -1);
  }
}

/** The member of an object by its key; of two alike the last, as readers take it. */
export function member(node, key) {
  if (!node || node.kind !== "object") return null;
  return node.members.findLast((one) => one.key.value === key) || null;
}

/** The node at a path of keys and numbers, or null. */
export function find(root, path) {
  let node = root;
  for (const step of path) {
    if (!node) return null;
    if (node.kind === "array") node = node.items[step] || null;
    else node = (member(node, String(step)) || { value: null }).value;
  }
  return node;
}

/** A path as a JSON pointer (RFC 6901), and back. */
export function pointer(path) {
  return path.map((step) => "/" + String(step).replaceAll("~", "~0").replaceAll("/", "~1")).join("");
}

/**
 * Where the caret stands: {path, holder, part, node, member}.
 *
 * `part` is "key" or "value"; `holder` the object or array around it; `node` the key or value under the caret, or null where it
 * has yet to be written; `path` leads to the value, and to the holder where a new key would stand.
 */
export function placeAt(root, offset) {
  const place = { path: [], holder: null, part: "value", node: root, member: null };
  for (;;) {
    const node = place.node;
    if (!node || !isInside(node, offset)) return place;
    if (node.kind === "array") enterArray(place, node, offset);
    else enterObject(place, node, offset);
    if (place.part === "key") return place;
  }
}

function isInside(node, offset) {
  if (node.kind !== "object" && node.kind !== "array") return false;
  return offset > node.start && (node.closed ? offset < node.end : offset <= node.end);
}

function enterArray(place, node, offset) {
  let index = node.items.findIndex((item) => offset >= item.start && offset <= item.end);
  const isNew = index < 0;
  if (isNew) index = node.items.filter((item) => item.end < offset).length;
  Object.assign(place, { path: [...place.path, index], holder: node, part: "value", member: null });
  place.node = isNew ? null : node.items[index];
}

function enterObject(place, node, offset) {
  Object.assign(place, { holder: node, part: "key", node: null, member: null });
  const before = node.members.filter((one) => one.start <= offset);
  const last = before[before.length - 1];
  if (!last) return;
  if (offset <= last.key.end) {
    if (offset > last.key.start || last.key.kind !== "string") {
      Object.assign(place, { node: last.key, member: last, path: [...place.path, last.key.value] });
    }
    return;
  }
  if (last.colon === null || offset <= last.colon) return;
  if (last.value && offset > last.value.end) return;
  if (last.value && offset < last.value.start && last.value.kind !== "object" && last.value.kind !== "array") {
    Object.assign(place, { path: [...place.path, last.key.value], part: "value", member: last, node: null });
    return;
  }
  Object.assign(place, { path: [...place.path, last.key.value], part: "value", member: last, node: last.value });
}

/** Line and column, counted from 1; columns count code points, as the program's own messages do. */
export function position(text, offset) {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: [...before.slice(start)].length + 1 };
}

/** The offset of a line and a column; beyond the end of a line, that end. */
export function offsetOf(text, line, column) {
  let start = 0;
  for (let passed = 1; passed < line; passed += 1) {
    const end = text.indexOf("\n", start);
    if (end < 0) return text.length;
    start = end + 1;
  }
  const end = text.indexOf("\n", start);
  const written = [...text.slice(start, end < 0 ? text.length : end)];
  return start + written.slice(0, Math.max(column - 1, 0)).join("").length;
}
