// Keeps fields marked `data-path` in a `[data-members="ID of the text area"]` and the document in that text area the same: what
// is filled in stands in the text, in its own formatting, and what the text says stands in the fields. An empty field is a key
// that the text leaves out.

import { settled } from "./dom.js";
import { parse, find, member } from "./json-path.js";
import { replace } from "./text-edit.js";

const PLAIN = /^(-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?|true|false)$/;

class Members {
  constructor(box, area) {
    Object.assign(this, { area, fields: [...box.querySelectorAll("[data-path]")] });
    for (const field of this.fields) field.addEventListener("change", () => setTimeout(() => this.write(field)));
    area.addEventListener("input", settled(150, () => this.show()));
    this.show();
  }

  /** Shows what the text says; a field that is being filled in is left alone. */
  show() {
    const { value } = this.area;
    const root = parse(value);
    for (const field of this.fields) {
      if (field === document.activeElement) continue;
      const node = find(root, field.dataset.path.split("/"));
      const text = node ? (node.kind === "string" ? node.value : value.slice(node.start, node.end)) : "";
      field.value = text;
      field.dataset.written = text;
    }
  }

  write(field) {
    const text = field.value.trim();
    if (text === (field.dataset.written || "")) return;
    const root = parse(this.area.value);
    if (!root || root.kind !== "object") return;
    field.dataset.written = text;
    const path = field.dataset.path.split("/");
    if (text === "") this.remove(root, path);
    else this.put(root, path, PLAIN.test(text) ? text : JSON.stringify(text));
  }

  put(root, path, text) {
    const node = find(root, path);
    if (node) {
      replace(this.area, node.start, node.end, text);
      return;
    }
    let holder = root;
    let depth = 0;
    for (;;) {
      const one = member(holder, path[depth]);
      if (!one || !one.value || one.value.kind !== "object") break;
      holder = one.value;
      depth += 1;
    }
    const written = path.slice(depth + 1).reduceRight((inner, key) => `{ ${JSON.stringify(key)}: ${inner} }`, text);
    // A key is in the way whose value is no object.
    if (member(holder, path[depth])) return;
    this.add(holder, nested(path.slice(depth), text, written));
  }

  /** Puts a member behind the last one, on a line of its own where that has one. */
  add(holder, words) {
    const { value } = this.area;
    const last = holder.members[holder.members.length - 1];
    if (!last) {
      replace(this.area, holder.start + 1, holder.start + 1, ` ${words} `);
      return;
    }
    const line = value.slice(value.lastIndexOf("\n", last.start - 1) + 1, last.start);
    const end = last.value ? last.value.end : last.end;
    replace(this.area, end, end, /^\s*$/.test(line) && value.includes("\n") ? `,\n${line}${words}` : `, ${words}`);
  }

  /** Takes a member out, with the comma that parts it from its neighbour. */
  remove(root, path) {
    const holder = find(root, path.slice(0, -1));
    const one = member(holder, path[path.length - 1]);
    if (!one) return;
    const place = holder.members.indexOf(one);
    const [before, after] = [holder.members[place - 1], holder.members[place + 1]];
    const end = one.value ? one.value.end : one.end;
    if (after) replace(this.area, one.start, after.start, "");
    else if (before) replace(this.area, before.value ? before.value.end : before.end, end, "");
    else replace(this.area, one.start, end, "");
  }
}

function nested(path, text, inner) {
  return `${JSON.stringify(path[0])}: ${path.length > 1 ? inner : text}`;
}

for (const box of document.querySelectorAll("[data-members]")) {
  const area = document.getElementById(box.dataset.members);
  if (area) new Members(box, area);
}
