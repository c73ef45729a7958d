// A form of the numbers that people turn most, in a `[data-numbers="ID of the text area"]` with `data-kind`. A change here is
// written into the text where the number stands, as one step that the text's undo takes back; a change there shows here.

import { element, settled, freshID } from "./dom.js";
import { ask } from "./api.js";
import { NUMBER, parse, find } from "./json-path.js";
import { commonNumbers } from "./common-numbers.js";
import { replace } from "./text-edit.js";

class NumbersForm {
  constructor(box, area) {
    Object.assign(this, { box, area, schema: null, shown: null, inputs: new Map(), isOpen: new Map() });
    this.load();
    const refresh = settled(150, () => this.refresh());
    area.addEventListener("input", refresh);
  }

  async load() {
    try {
      this.schema = (await ask(`/api/v1/schemas/${encodeURIComponent(this.box.dataset.kind || "scenario")}`)).value;
      this.refresh();
    } catch (failure) {
      this.box.replaceChildren(element("p", { class: "note" }, `The numbers cannot be shown: ${failure.message}`));
    }
  }

  /** Shows the numbers of the text; fields that are still there stay, and so does the focus. */
  refresh() {
    if (!this.schema) return;
    const fields = commonNumbers(this.schema, parse(this.area.value));
    const shape = fields.map((field) => field.name + field.unit).join("\n");
    if (shape !== this.shown) this.build(fields);
    this.shown = shape;
    for (const { name, value } of fields) {
      const { input } = this.inputs.get(name);
      if (input !== document.activeElement || input.dataset.written !== String(value)) input.value = String(value);
      input.dataset.written = String(value);
      this.judge(input, "");
    }
  }

  build(fields) {
    const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.name : null;
    // A group that half-written text hides for a moment comes back as it was.
    for (const details of this.box.querySelectorAll("details")) this.isOpen.set(details.dataset.group, details.open);
    this.inputs.clear();
    const groups = Map.groupBy ? Map.groupBy(fields, (field) => field.group) : grouped(fields);
    const order = [...groups].sort(([a], [b]) => b.startsWith("/events") - a.startsWith("/events"));
    this.box.replaceChildren(...order.map(([group, members], index) =>
      element("details", { "data-group": group, open: this.isOpen.get(group) ?? (index === 0 && this.isOpen.size === 0) },
        element("summary", {}, element("code", {}, group), ` ${members.length}`),
        element("div", { class: "fields" }, members.map((field) => this.field(field))))));
    if (!fields.length) this.box.append(element("p", { class: "note" }, "No common numbers stand in the document yet."));
    if (focused && this.inputs.has(focused)) this.inputs.get(focused).input.focus();
  }

  field(field) {
    const id = freshID("number");
    const help = element("span", { class: "note", id: `${id}-help` }, [field.unit, field.range].filter(Boolean).join("; "));
    const wrong = element("span", { class: "wrong", id: `${id}-wrong`, role: "status" });
    const input = element("input", { id, type: "text", "data-name": field.name, inputmode: field.isTime ? "text" : "decimal",
      autocomplete: "off", "aria-describedby": `${id}-help ${id}-wrong`, title: field.words });
    this.inputs.set(field.name, { input, field, wrong });
    // Behind the event, so that the focus is where the reader took it.
    input.addEventListener("change", () => setTimeout(() => this.write(input, field)));
    input.addEventListener("keydown", (event) => this.press(event, input, field));
    const label = field.name.slice(field.group.length + 1) || field.name;
    return element("p", { class: "field" }, element("label", { for: id }, element("code", {}, label)), input, help, wrong);
  }

  press(event, input, field) {
    if (event.key === "Enter") {
      event.preventDefault();
      this.write(input, field);
    }
    if ((event.key !== "ArrowUp" && event.key !== "ArrowDown") || field.isTime || !NUMBER.test(input.value.trim())) return;
    event.preventDefault();
    const value = Number(input.value);
    const step = 10 ** Math.floor(Math.log10(Math.abs(value) || 0.1)) / 10;
    const next = value + (event.key === "ArrowUp" ? step : -step);
    input.value = String(Number(next.toPrecision(10)));
    this.write(input, field);
  }

  /** Writes a field's value where it stands in the text, in the text's own formatting. */
  write(input, field) {
    const text = input.value.trim();
    if (text === input.dataset.written) return;
    if (!field.isTime && !NUMBER.test(text)) {
      this.judge(input, "This is not a number");
      return;
    }
    const node = find(parse(this.area.value), field.path);
    if (!node) return;
    this.judge(input, "");
    input.dataset.written = text;
    const focused = document.activeElement;
    replace(this.area, node.start, node.end, field.isTime ? JSON.stringify(text) : text);
    if (focused === document.body) this.area.blur();
  }

  judge(input, words) {
    const { wrong } = this.inputs.get(input.dataset.name);
    wrong.textContent = words;
    if (words) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

function grouped(fields) {
  const groups = new Map();
  for (const field of fields) groups.set(field.group, [...(groups.get(field.group) || []), field]);
  return groups;
}

for (const box of document.querySelectorAll("[data-numbers]")) {
  const area = document.getElementById(box.dataset.numbers);
  if (area) new NumbersForm(box, area);
}
