// A form of what a study asks, in a `[data-criteria="ID of the text area"]`: a row for each criterion, from the `template` in the
// box. What is chosen here is written into the text where the criterion stands; what the text says is shown here. Keys of a
// criterion that have no field, such as "severity", stay as they are.

import { settled } from "./dom.js";
import { NUMBER, parse, find } from "./json-path.js";
import { add, put, takeOut } from "./json-edit.js";
import { replace } from "./text-edit.js";

const PATH = ["criteria"];
const FIRST = { measure: "survival", side: "atLeast", limit: "0.95" };
/** A key that belongs to one measure alone, and what it is where that measure is chosen. */
const OWN = { loss: ["lossExceedance", "0.2"], level: ["expectedShortfall", ""] };
const ORDER = ["measure", "loss", "level", "desk", "scenario", "severity", "atLeast", "atMost", "confidence"];

class Criteria {
  constructor(box, area) {
    Object.assign(this, { box, area, rows: [], template: box.querySelector("template") });
    this.list = box.querySelector("[data-rows]");
    this.none = box.querySelector("[data-none]");
    box.querySelector("[data-add]").addEventListener("click", () => this.addOne());
    area.addEventListener("input", settled(150, () => this.show()));
    this.show();
  }

  /** The criteria that stand in the text; null where there is no list of them. */
  found() {
    const node = find(parse(this.area.value), PATH);
    return node && node.kind === "array" ? node : null;
  }

  /** As many rows as criteria; those that stay keep the focus. */
  show() {
    const node = this.found();
    const items = node ? node.items : [];
    while (this.rows.length > items.length) this.rows.pop().remove();
    while (this.rows.length < items.length) this.rows.push(this.row(this.rows.length));
    items.forEach((item, index) => this.fill(this.rows[index], item));
    this.none.hidden = items.length > 0;
  }

  row(index) {
    const row = this.template.content.firstElementChild.cloneNode(true);
    row.querySelector("legend").textContent = `Criterion ${index + 1}`;
    for (const field of row.querySelectorAll("[data-key]")) {
      field.addEventListener("change", () => setTimeout(() => this.write(index)));
    }
    const button = row.querySelector("[data-remove]");
    button.setAttribute("aria-label", `Remove criterion ${index + 1}`);
    button.addEventListener("click", () => this.removeOne(index));
    this.list.append(row);
    return row;
  }

  fill(row, item) {
    const read = valuesOf(item, this.area.value);
    const values = { ...read, side: "atMost" in read && !("atLeast" in read) ? "atMost" : "atLeast" };
    values.limit = read[values.side];
    for (const field of row.querySelectorAll("[data-key]")) {
      const value = plain(values[field.dataset.key]);
      if (field !== document.activeElement || field.dataset.written !== value) field.value = value;
      field.dataset.written = value;
      judge(field, "");
    }
    const measure = plain(read.measure);
    for (const [key, [owner]] of Object.entries(OWN)) row.querySelector(`[data-only=${key}]`).hidden = measure !== owner;
    const chosen = row.querySelector("[data-key=measure]").selectedOptions[0];
    row.querySelector("[data-limit-unit]").textContent = chosen ? chosen.dataset.unit : "";
  }

  /** Writes a row's criterion where it stands in the text. */
  write(index) {
    const node = this.found();
    const item = node && node.items[index];
    if (!item) return;
    const fields = Object.fromEntries([...this.rows[index].querySelectorAll("[data-key]")].map((field) => [field.dataset.key, field]));
    const value = (key) => fields[key].value.trim();
    for (const key of ["limit", "confidence", "loss", "level"]) {
      const isWrong = value(key) !== "" ? !NUMBER.test(value(key)) : key === "limit";
      judge(fields[key], isWrong ? "This is not a number" : "");
      if (isWrong) return;
    }
    const next = valuesOf(item, this.area.value);
    // One that the list does not know stays as it is written.
    const measure = value("measure") || plain(next.measure);
    const isNew = plain(next.measure) !== measure;
    Object.assign(next, { measure: JSON.stringify(measure), desk: value("desk") && JSON.stringify(value("desk")), confidence: value("confidence") });
    for (const [key, [owner, usual]] of Object.entries(OWN)) next[key] = measure === owner ? value(key) || (isNew ? usual : "") : "";
    delete next.atLeast;
    delete next.atMost;
    next[value("side")] = value("limit");
    const text = written(next);
    if (text !== written(valuesOf(item, this.area.value))) replace(this.area, item.start, item.end, text);
  }

  addOne() {
    const text = written({ measure: JSON.stringify(FIRST.measure), [FIRST.side]: FIRST.limit });
    const node = this.found();
    if (node) add(this.area, node, text);
    else put(this.area, PATH, `[\n    ${text}\n  ]`);
    this.show();
    const row = this.rows[this.rows.length - 1];
    if (row) row.querySelector("[data-key=measure]").focus();
  }

  removeOne(index) {
    const node = this.found();
    if (!node) return;
    takeOut(this.area, node, index);
    this.show();
    const next = this.rows[Math.min(index, this.rows.length - 1)];
    (next ? next.querySelector("[data-remove]") : this.box.querySelector("[data-add]")).focus();
  }
}

/** The members of a criterion as they are written, by their keys. */
function valuesOf(item, text) {
  if (!item || item.kind !== "object") return {};
  return Object.fromEntries(item.members.filter((one) => one.value).map((one) => [one.key.value, text.slice(one.value.start, one.value.end)]));
}

function written(values) {
  const keys = [...ORDER, ...Object.keys(values).filter((key) => !ORDER.includes(key))];
  return `{ ${keys.filter((key) => values[key]).map((key) => `${JSON.stringify(key)}: ${values[key]}`).join(", ")} }`;
}

/** What a field shows of JSON: a string without its quotes. */
function plain(json) {
  if (json === undefined) return "";
  const node = parse(json);
  return node && node.kind === "string" ? node.value : json;
}

function judge(field, words) {
  const wrong = field.closest(".field").querySelector(".wrong");
  if (wrong) wrong.textContent = words;
  if (words) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

for (const box of document.querySelectorAll("[data-criteria]")) {
  const area = document.getElementById(box.dataset.criteria);
  if (area) new Criteria(box, area);
}
