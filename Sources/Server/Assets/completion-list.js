// The list of what could be written at the caret: a listbox that the text area owns. The focus stays in the text.

import { element, freshID } from "./dom.js";
import { replace } from "./text-edit.js";

const SHOWN = 200;

export class CompletionList {
  /** `offers(offset)` gives what `suggest` of completion.js does; `tell` speaks; `view` knows where letters stand. */
  constructor(area, view, offers, tell) {
    Object.assign(this, { area, view, offers, tell, found: null, index: 0 });
    this.list = element("ul", { class: "completions", role: "listbox", id: freshID("completions"), hidden: true,
      "aria-label": "What could stand here" });
    view.paper.append(this.list);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-haspopup", "listbox");
    area.setAttribute("aria-controls", this.list.id);
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    // The list shows no bar to drag: the focus would have to go there, and it stays in the text.
    this.list.addEventListener("wheel", (event) => {
      this.list.scrollTop += event.deltaY;
      this.sayMore();
      event.preventDefault();
    }, { passive: false });
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.accept(Number(option.dataset.index));
    });
    area.addEventListener("blur", () => this.close());
    area.addEventListener("pointerdown", () => this.close());
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** Shows what could stand at the caret; `isAsked` says so too where there is nothing. */
  open(isAsked) {
    const found = this.area.selectionStart === this.area.selectionEnd ? this.offers(this.area.selectionStart) : null;
    if (!found || !found.items.length) {
      this.close();
      if (isAsked) this.tell("Nothing to suggest here");
      return;
    }
    this.found = found;
    this.list.replaceChildren(...found.items.slice(0, SHOWN).map((item, index) => this.option(item, index)));
    this.list.hidden = false;
    this.view.reveal(found.from);
    this.put(found.from);
    this.choose(0);
    const more = found.items.length === 1 ? "1 suggestion" : `${found.items.length} suggestions`;
    this.tell(`${more}; arrows choose, Enter takes, Escape closes`);
  }

  option(item, index) {
    return element("li", { role: "option", id: `${this.list.id}-${index}`, "data-index": index, "aria-selected": "false" },
      element("span", { class: "label" }, item.label),
      item.isRequired ? element("span", { class: "badge" }, "needed") : null,
      element("span", { class: "detail" }, item.detail));
  }

  /** Under the line, or over it where there is no room under it in the window. */
  put(offset) {
    const { left, top, bottom } = this.view.rectAt(offset);
    const { list, view } = this;
    const paper = view.paper.getBoundingClientRect();
    const frame = view.frame.getBoundingClientRect();
    const room = Math.min(420, frame.width - view.gutter.offsetWidth - 12);
    const start = view.frame.scrollLeft + 4;
    list.style.width = `${room}px`;
    list.style.left = `${Math.max(start, Math.min(left, start + frame.width - view.gutter.offsetWidth - room - 12))}px`;
    const end = Math.min(frame.bottom, window.innerHeight);
    const isUnder = paper.top + bottom + list.offsetHeight <= end || top < list.offsetHeight;
    list.style.top = `${isUnder ? bottom : top - list.offsetHeight}px`;
  }

  choose(index) {
    const options = this.list.children;
    this.index = (index + options.length) % options.length;
    [...options].forEach((option, at) => option.setAttribute("aria-selected", String(at === this.index)));
    const chosen = options[this.index];
    this.area.setAttribute("aria-activedescendant", chosen.id);
    if (chosen.offsetTop < this.list.scrollTop) this.list.scrollTop = chosen.offsetTop;
    const over = chosen.offsetTop + chosen.offsetHeight - this.list.clientHeight;
    if (over > this.list.scrollTop) this.list.scrollTop = over + 18;
    this.sayMore();
  }

  sayMore() {
    this.list.classList.remove("cut");
    this.list.classList.toggle("cut", this.list.scrollTop + this.list.clientHeight < this.list.scrollHeight - 4);
  }

  close() {
    if (!this.isOpen) return false;
    this.list.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
    return true;
  }

  accept(index) {
    const { from, to } = this.found;
    const item = this.found.items[index];
    this.close();
    replace(this.area, from, to, item.insert, from + item.caret);
    this.view.reveal(this.area.selectionStart);
    if (item.goesOn) this.open(false);
  }

  /** Takes the keys that are the list's; says whether it did. */
  take(event) {
    if (!this.isOpen || event.ctrlKey || event.metaKey || event.altKey) return false;
    const last = this.list.children.length - 1;
    const moves = { ArrowDown: this.index + 1, ArrowUp: this.index - 1, PageDown: Math.min(this.index + 8, last),
      PageUp: Math.max(this.index - 8, 0) };
    if (event.key in moves) this.choose(moves[event.key]);
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) this.accept(this.index);
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }
}
