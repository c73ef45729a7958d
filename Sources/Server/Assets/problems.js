// Has a document checked by the server as it is written, and tells what is wrong with it: waves in the text, signs beside the
// lines, and a list whose links move the caret and whose buttons mend what was misspelt.

import { element, announcer, settled } from "./dom.js";
import { newest } from "./api.js";
import { parse, offsetOf } from "./json-path.js";
import { replace } from "./text-edit.js";

const PAUSE = 250;
// Where the server takes a text without a name to lie.
const UNNAMED = "scenarios/untitled.json";

export class Problems {
  /** `name()` says as which file the text is read. */
  constructor(area, view, name) {
    Object.assign(this, { area, view, name, found: [], checked: null });
    this.send = newest();
    this.status = element("p", { class: "check", role: "status" });
    this.list = element("ol", { class: "problems" });
    this.tell = announcer(this.status, 1500);
    this.box = element("div", {}, this.status, this.list);
    this.check = settled(PAUSE, () => this.ask());
    area.addEventListener("input", () => {
      this.view.mark([]);
      this.check();
    });
  }

  async ask() {
    const text = this.area.value;
    try {
      const { value } = await this.send("/api/v1/validations", { method: "POST", body: { text, name: this.name() || undefined } });
      if (text !== this.area.value) return;
      this.show(text, value);
    } catch (failure) {
      if (failure.name === "AbortError" || text !== this.area.value) return;
      this.show(text, { good: false, problems: failure.problems || [], failure: failure.message });
    }
  }

  show(text, { good, problems, kind, failure }) {
    const root = parse(text);
    this.checked = text;
    this.found = problems.map((problem) => ({ ...problem, ...this.placed(text, root, problem) }));
    this.view.mark(this.found.filter((problem) => problem.isHere));
    this.list.replaceChildren(...this.found.map((problem) => this.row(problem)));
    this.tell(failure ? `Could not be checked: ${failure}` : summed(good, this.found));
    this.status.dataset.state = good ? "good" : "wrong";
    this.area.setAttribute("aria-invalid", String(!good));
    this.area.dispatchEvent(new CustomEvent("checked", { bubbles: true, detail: { good, problems, kind, text } }));
  }

  /** Where a problem stands in this text, and how long what it is about is. */
  placed(text, root, { line, column, file }) {
    const isHere = Boolean(line) && (!file || file === (this.name() || UNNAMED));
    if (!isHere) return { isHere, from: 0, length: 0 };
    const from = offsetOf(text, line, column || 1);
    const part = partAt(root, from);
    const end = part ? part.end : from + 1;
    const lineEnd = text.indexOf("\n", from);
    const to = part && (part.kind === "object" || part.kind === "array") ? from + 1 : end;
    return { isHere, from, part, length: [...text.slice(from, lineEnd < 0 ? to : Math.min(to, lineEnd))].length };
  }

  row(problem) {
    const where = problem.line ? `${problem.isHere ? "" : `${problem.file}:`}${problem.line}:${problem.column || 1}` : "";
    const words = [element("span", {}, problem.path ? element("code", {}, problem.path) : null, problem.path ? " " : null,
      problem.message)];
    const better = /did you mean "((?:[^"\\]|\\.)*)"/.exec(problem.message);
    if (problem.isHere) {
      const link = element("button", { type: "button", class: "place", "aria-label": `Line ${problem.line}, column ${problem.column || 1}` }, where);
      link.addEventListener("click", () => this.go(problem));
      words.unshift(link, " ");
    } else if (where) {
      words.unshift(element("span", { class: "place" }, where), " ");
    }
    if (better && problem.isHere && problem.part && problem.part.kind === "string") {
      const fix = element("button", { type: "button", class: "quiet" }, `Write ${better[1]}`);
      fix.addEventListener("click", () => {
        replace(this.area, problem.from, problem.part.end, JSON.stringify(better[1]));
        this.area.focus();
      });
      words.push(" ", fix);
    }
    return element("li", { class: problem.severity === "warning" ? "doubted" : "wrong" }, words);
  }

  go(problem) {
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(problem.from, problem.from + problem.length);
    this.view.reveal(problem.from);
  }

  /** The next problem behind the caret, the first again behind the last. */
  goNext() {
    const here = this.found.filter((problem) => problem.isHere);
    const next = here.find((problem) => problem.from > this.area.selectionStart) || here[0];
    if (next) this.go(next);
    return next || null;
  }

  /** What is wrong at a place of the text, in words. */
  at(offset) {
    const here = this.found.filter((one) => one.isHere && this.checked === this.area.value
      && offset >= one.from && offset <= one.from + Math.max(one.length, 1));
    return here.map((one) => one.message).join("\n");
  }
}

function summed(good, problems) {
  const wrong = problems.filter((problem) => problem.severity !== "warning").length;
  const doubts = problems.length - wrong;
  const told = [wrong ? `${wrong} ${wrong === 1 ? "problem" : "problems"}` : "", doubts ? `${doubts} ${doubts === 1 ? "doubt" : "doubts"}` : ""];
  const rest = told.filter(Boolean).join(", ");
  if (good) return rest ? `Good, with ${rest}` : "Good: it can be run as it is";
  return rest ? `${rest}; F8 goes to the next` : "Not good";
}

/** The key or value that begins at a place. */
function partAt(node, from) {
  if (!node || from < node.start || from > node.end) return null;
  if (node.start === from) return node;
  if (node.kind === "array") return first(node.items, from);
  if (node.kind === "object") return first(node.members.flatMap((member) => [member.key, member.value]), from);
  return null;
}

function first(nodes, from) {
  for (const node of nodes) {
    const found = partAt(node, from);
    if (found) return found;
  }
  return null;
}
