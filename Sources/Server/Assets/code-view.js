// What a reader sees of the text: line numbers, colours, and waves under what is wrong. It lies beneath a text area whose own
// letters are clear, so that typing, selecting, undoing and reading aloud stay the browser's.

import { element } from "./dom.js";

const TOKEN = /("(?:[^"\\]|\\.)*"?)(\s*:)?|(-?\d[\w.+-]*)|\b(true|false|null)\b|([{}[\],:])/g;

export class CodeView {
  constructor(area) {
    this.area = area;
    this.lines = [];
    this.marks = new Map();
    this.gutter = element("div", { class: "gutter", "aria-hidden": "true" });
    this.ink = element("pre", { class: "ink", "aria-hidden": "true" });
    this.paper = element("div", { class: "paper" }, this.ink);
    this.frame = element("div", { class: "code" }, this.gutter, this.paper);
    area.replaceWith(this.frame);
    this.paper.append(area);
    area.wrap = "off";
  }

  /** Draws what is new: the lines before and behind a change stay as they are. */
  draw() {
    const lines = this.area.value.split("\n");
    const old = this.lines;
    let head = 0;
    while (head < lines.length && head < old.length && lines[head] === old[head]) head += 1;
    let tail = 0;
    while (tail < lines.length - head && tail < old.length - head
      && lines[lines.length - 1 - tail] === old[old.length - 1 - tail]) tail += 1;
    const drawn = document.createDocumentFragment();
    for (let index = head; index < lines.length - tail; index += 1) drawn.append(inked(lines[index]));
    for (let index = old.length - tail; index > head; index -= 1) this.ink.children[index - 1].remove();
    this.ink.insertBefore(drawn, this.ink.children[head] || null);
    this.lines = lines;
    this.number();
  }

  number() {
    while (this.gutter.children.length > this.lines.length) this.gutter.lastChild.remove();
    while (this.gutter.children.length < this.lines.length) {
      this.gutter.append(element("div", {}, String(this.gutter.children.length + 1)));
    }
  }

  /** Waves under places {line, column, length, severity}, and a sign beside their lines. */
  mark(places) {
    for (const wave of this.ink.querySelectorAll(".waves")) wave.remove();
    for (const number of this.gutter.children) number.removeAttribute("class");
    for (const { line, column, length, severity } of places) {
      const row = this.ink.children[line - 1];
      if (!row) continue;
      const letters = [...this.lines[line - 1]];
      const before = letters.slice(0, column - 1).join("");
      const under = letters.slice(column - 1, column - 1 + Math.max(length, 1)).join("") || " ";
      const kind = severity === "warning" ? "doubted" : "wrong";
      row.append(element("span", { class: "waves" }, before, element("span", { class: kind }, under)));
      const number = this.gutter.children[line - 1];
      if (number.className !== "wrong") number.className = kind;
    }
  }

  /** Where a place of the text stands in the frame's paper: {left, top, bottom}. */
  rectAt(offset) {
    const before = this.area.value.slice(0, offset).split("\n");
    const row = this.ink.children[before.length - 1];
    if (!row) return { left: 0, top: 0, bottom: 0 };
    const range = document.createRange();
    range.selectNodeContents(row);
    const end = pointIn(row, before[before.length - 1].length);
    if (end) range.setEnd(end.node, end.at);
    const paper = this.paper.getBoundingClientRect();
    const box = row.getBoundingClientRect();
    const width = before[before.length - 1].length ? range.getBoundingClientRect().width : 0;
    return { left: box.left - paper.left + width, top: box.top - paper.top, bottom: box.bottom - paper.top };
  }

  /** The offset of the letter under a point of the window, or null. */
  offsetAt(x, y) {
    const first = this.ink.firstElementChild;
    if (!first) return null;
    const box = first.getBoundingClientRect();
    const line = Math.floor((y - box.top) / box.height);
    if (line < 0 || line >= this.lines.length) return null;
    const length = this.lines[line].length;
    const start = this.lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
    const left = this.paper.getBoundingClientRect().left;
    let [low, high] = [0, length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.rectAt(start + middle + 1).left + left > x) high = middle;
      else low = middle + 1;
    }
    return low < length ? start + low : null;
  }

  /** Brings a place of the text into the frame's view. */
  reveal(offset) {
    const { left, top, bottom } = this.rectAt(offset);
    const { frame } = this;
    const edge = this.gutter.offsetWidth;
    if (top < frame.scrollTop + 4) frame.scrollTop = top - 8;
    if (bottom > frame.scrollTop + frame.clientHeight - 12) frame.scrollTop = bottom - frame.clientHeight + 24;
    const room = frame.clientWidth - edge;
    if (left < frame.scrollLeft + 8) frame.scrollLeft = Math.max(0, left - 40);
    if (left > frame.scrollLeft + room - 24) frame.scrollLeft = left - room + 60;
  }
}

function pointIn(row, length) {
  const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  let rest = length;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(".waves")) return null;
    if (rest <= node.length) return { node, at: rest };
    rest -= node.length;
  }
  return null;
}

/** A line in colours. */
function inked(text) {
  const row = element("div", { class: "line" });
  let at = 0;
  for (const found of text.matchAll(TOKEN)) {
    const [whole, string, colon, number, word] = found;
    if (found.index > at) row.append(text.slice(at, found.index));
    if (string) row.append(element("span", { class: colon ? "key" : "string" }, string), colon || "");
    else row.append(number || word ? element("span", { class: number ? "number" : "word" }, whole) : whole);
    at = found.index + whole.length;
  }
  row.append(text.slice(at));
  return row;
}
