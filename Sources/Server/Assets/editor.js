// Makes an editor of each text area in a `[data-editor]`: line numbers, colours, completion and help by the JSON Schema, and
// what is wrong told where it stands. The text area stays what holds the text: without this script it works as it is.
//
//     <div data-editor data-kind="scenario" data-name="scenarios/mine.json"><label for="text">Text</label><textarea id="text"></textarea></div>
//
// `data-kind` names the schema; a document that names its own kind ("stresslab": "study/1") is read by that one. Where the name is
// still to be chosen, `data-name-field` names the field in which it stands. The text area dispatches "checked" {good, problems,
// kind, text} whenever the server has said what it thinks of the text as it stands.

import { element, announcer, documentName, freshID, settled } from "./dom.js";
import { ask } from "./api.js";
import { pointer } from "./json-path.js";
import { suggest, explain } from "./completion.js";
import { breakLine, indent } from "./text-edit.js";
import { CodeView } from "./code-view.js";
import { CompletionList } from "./completion-list.js";
import { Problems } from "./problems.js";

const KEYS_HELP = "Ctrl+Space suggests what could stand here. Tab indents, Shift+Tab takes back; press Escape, then Tab, to leave "
  + "the editor. F8 goes to the next problem, Ctrl+S saves.";

class Editor {
  constructor(box) {
    this.box = box;
    this.area = box.querySelector("textarea");
    this.schema = null;
    this.leaves = false;
    this.view = new CodeView(this.area);
    this.problems = new Problems(this.area, this.view, () => documentName(box));
    this.tell = announcer(this.status(), 300);
    this.list = new CompletionList(this.area, this.view, (offset) => this.offers(offset), this.tell);
    this.listen();
    this.view.draw();
    this.loadSchema();
    this.problems.ask();
  }

  /** Under the text: how the keys work, what stands at the caret, and what is wrong. */
  status() {
    const keys = element("p", { class: "note keys-help", id: freshID("keys") }, KEYS_HELP);
    this.help = element("p", { class: "caret-help", role: "status" });
    const said = element("p", { class: "spoken", role: "status" });
    this.hint = element("div", { class: "hint", "aria-hidden": "true", hidden: true });
    this.view.paper.append(this.hint);
    this.box.append(this.help, this.problems.box, keys, said);
    const described = [this.area.getAttribute("aria-describedby"), keys.id].filter(Boolean).join(" ");
    this.area.setAttribute("aria-describedby", described);
    return said;
  }

  async loadSchema() {
    const named = /^\s*\{\s*"stresslab"\s*:\s*"([a-z]+)\/\d+"/.exec(this.area.value);
    const kind = named ? named[1] : this.box.dataset.kind;
    if (!kind || kind === this.kind) return;
    this.kind = kind;
    try {
      const { value } = await ask(`/api/v1/schemas/${encodeURIComponent(kind)}`);
      if (kind === this.kind) this.schema = value;
      this.explain();
    } catch {
      // Without its schema the editor neither completes nor explains; it still writes and checks.
      this.kind = null;
    }
  }

  offers(offset) {
    return this.schema ? suggest(this.schema, this.area.value, offset) : null;
  }

  listen() {
    const { area } = this;
    const explainSoon = settled(200, () => this.explain());
    const loadSoon = settled(400, () => this.loadSchema());
    area.addEventListener("input", (event) => {
      this.view.draw();
      this.view.reveal(area.selectionStart);
      this.hint.hidden = true;
      loadSoon();
      if (this.list.isOpen || (event.data && /^["\w]$/.test(event.data))) this.list.open(false);
    });
    area.addEventListener("keydown", (event) => this.press(event));
    area.addEventListener("keyup", (event) => {
      if (/^(Arrow|Home|End|Page)/.test(event.key)) this.view.reveal(area.selectionStart);
    });
    document.addEventListener("selectionchange", () => {
      if (document.activeElement === area) explainSoon();
    });
    this.listenToPointer();
  }

  listenToPointer() {
    const { area, hint } = this;
    const show = settled(250, (x, y) => this.showHint(x, y));
    const hide = () => {
      hint.hidden = true;
    };
    area.addEventListener("pointermove", (event) => {
      hide();
      show(event.clientX, event.clientY);
    });
    area.addEventListener("pointerleave", () => show(-1, -1));
    this.view.frame.addEventListener("scroll", hide, { passive: true });
  }

  showHint(x, y) {
    const offset = x < 0 || this.list.isOpen ? null : this.view.offsetAt(x, y);
    if (offset === null) {
      this.hint.hidden = true;
      return;
    }
    const said = this.schema ? explain(this.schema, this.area.value, offset).words : "";
    const words = [this.problems.at(offset), said].filter(Boolean).join("\n\n");
    this.hint.textContent = words;
    this.hint.hidden = !words;
    const { left, bottom } = this.view.rectAt(offset);
    const room = this.view.frame.scrollLeft + this.view.frame.clientWidth - this.view.gutter.offsetWidth;
    this.hint.style.left = `${Math.max(this.view.frame.scrollLeft, Math.min(left, room - this.hint.offsetWidth - 8))}px`;
    this.hint.style.top = `${bottom + 4}px`;
  }

  /** What stands at the caret; spoken only when it is something new. */
  explain() {
    if (!this.schema) return;
    const { path, words } = explain(this.schema, this.area.value, this.area.selectionStart);
    const name = pointer(path);
    const told = name + words;
    if (told === this.told) return;
    this.told = told;
    this.help.replaceChildren(name ? element("code", {}, name) : "", words ? ` ${words}` : "");
  }

  press(event) {
    const { area, list } = this;
    if (event.isComposing) return;
    if (event.key === "Escape") this.hint.hidden = true;
    const isLeaving = this.leaves;
    if (!["Shift", "Control", "Alt", "Meta"].includes(event.key)) this.leaves = false;
    if (list.take(event)) return;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const does = this.deed(event, isPlain, isLeaving);
    if (!does) return;
    event.preventDefault();
    does(area);
  }

  deed(event, isPlain, isLeaving) {
    const { area } = this;
    if (event.key === " " && event.ctrlKey) return () => this.list.open(true);
    if (event.key === "s" && (event.ctrlKey || event.metaKey) && area.form) return () => area.form.requestSubmit();
    if (area.readOnly || !isPlain) return null;
    if (event.key === "F8") return () => this.problems.goNext() || this.tell("No problem");
    if (event.key === "Escape") {
      return () => {
        this.leaves = true;
        this.tell("Tab now leaves the editor", true);
      };
    }
    if (event.key === "Tab" && !isLeaving) return () => indent(area, event.shiftKey);
    if (event.key === "Enter" && !event.shiftKey) return () => breakLine(area);
    return null;
  }
}

for (const box of document.querySelectorAll("[data-editor]")) {
  if (box.querySelector("textarea")) new Editor(box);
}
