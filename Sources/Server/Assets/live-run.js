// What a running stress run shows: every desk's survival so far, a fan that fills up, ruins as they happen.

import { element, count, duration, figure, freshID, percent, roomIn } from "./dom.js";
import { deskName } from "./live-state.js";
import { fanFigure, survivalStrip } from "./live-charts.js";

const HEADERS = ["Desk", "Paths", "Ruined", "Survival", "Interval", "So far"];

export class RunView {
  constructor() {
    this.rows = [];
    this.body = element("tbody");
    this.table = element("div", { class: "scroll" }, element("table", { class: "cards desks" },
      element("caption", {}, "Survival of every desk so far, with an interval that holds at any time one looks"),
      element("thead", {}, element("tr", {}, HEADERS.map((header) => element("th", { scope: "col" }, header)))), this.body));
    const id = freshID("desk");
    this.choice = element("select", { id });
    this.choice.addEventListener("change", () => {
      this.drawn = null;
      this.drawFan(this.state);
    });
    this.fan = element("div", { class: "fan" });
    this.fanPart = element("section", { hidden: true }, element("h2", {}, "Equity so far"),
      element("p", { class: "field" }, element("label", { for: id }, "Desk"), this.choice), this.fan);
    this.ruins = element("ol", { class: "ruins", tabindex: "0", "aria-label": "The last ruins" });
    this.ruinCount = element("p", { class: "note" });
    this.ruinPart = element("section", {}, element("h2", {}, "Ruins as they happen"), this.ruinCount, this.ruins);
    this.box = element("div", {}, this.table, this.fanPart, this.ruinPart);
  }

  draw(state) {
    this.state = state;
    if (this.rows.length !== state.desks.length) this.build(state.desks);
    const wanted = state.begun ? state.begun.wantedPaths : 0;
    state.desks.forEach((desk, index) => this.fill(this.rows[index], desk, wanted));
    this.drawFan(state);
    this.drawRuins(state);
  }

  build(desks) {
    this.rows = desks.map((desk) => {
      const cells = HEADERS.slice(1).map((header) => element("td", { "data-label": header }));
      return { cells, row: element("tr", {}, element("th", { scope: "row", class: "long" }, deskName(desk)), cells), drawn: 0 };
    });
    this.body.replaceChildren(...this.rows.map((one) => one.row));
  }

  fill(row, desk, wanted) {
    const texts = [count(desk.paths), count(desk.ruined), percent(desk.survival),
      desk.low === null ? "–" : `${percent(desk.low)} to ${percent(desk.high)}`];
    texts.forEach((text, index) => {
      if (row.cells[index].textContent !== text) row.cells[index].textContent = text;
    });
    if (row.drawn === desk.paths) return;
    row.drawn = desk.paths;
    row.cells[4].replaceChildren(survivalStrip(desk.history, wanted));
  }

  drawFan(state) {
    if (!state.fans.size) return;
    this.fanPart.hidden = false;
    if (this.choice.options.length !== state.fans.size) {
      const chosen = this.choice.value;
      this.choice.replaceChildren(...[...state.fans.keys()].map((name) => element("option", { value: name }, name)));
      if (state.fans.has(chosen)) this.choice.value = chosen;
    }
    const fan = state.fans.get(this.choice.value);
    if (!fan || fan === this.drawn) return;
    this.drawn = fan;
    const isOpen = this.fan.querySelector("details[open]") !== null;
    this.fan.replaceChildren(fanFigure({ ...fan, title: `${fan.quantity || "equity"} of ${deskName(fan)}`, xWords: duration,
      yWords: (value) => figure(value, 4), width: roomIn(this.fan) }));
    if (isOpen) this.fan.querySelector("details").open = true;
  }

  drawRuins(state) {
    const words = state.ruinCount ? `${count(state.ruinCount)} so far; the last ${state.ruins.length} stand here, the newest first.`
      : "None so far.";
    if (this.ruinCount.textContent === words) return;
    this.ruinCount.textContent = words;
    this.ruins.replaceChildren(...state.ruins.map((ruin) => {
      const desk = state.desks[ruin.desk];
      const name = desk ? deskName(desk) : `desk ${ruin.desk}`;
      return element("li", {}, `${name}: path ${ruin.path} after ${duration(ruin.seconds)}, ${ruin.cause}`);
    }));
  }
}
