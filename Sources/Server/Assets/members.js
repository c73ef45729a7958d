// Keeps fields marked `data-path` in a `[data-members="ID of the text area"]` and the document in that text area the same: what
// is filled in stands in the text, in its own formatting, and what the text says stands in the fields. An empty field is a key
// that the text leaves out.

import { settled } from "./dom.js";
import { parse, find } from "./json-path.js";
import { put, remove } from "./json-edit.js";

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
    field.dataset.written = text;
    const path = field.dataset.path.split("/");
    if (text === "") remove(this.area, path);
    else put(this.area, path, PLAIN.test(text) ? text : JSON.stringify(text));
  }
}

for (const box of document.querySelectorAll("[data-members]")) {
  const area = document.getElementById(box.dataset.members);
  if (area) new Members(box, area);
}
