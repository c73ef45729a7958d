// A replayed path under a slider, in a `[data-replay="address of the path in the API"]`: prices and equity up to a step, what was
// filled there and what bound.
//
// The path is {"assets": ["AAPL"], "steps": [{"seconds", "prices": {…}, "equity", "positions": {…}, "leverage", "events": […],
// "fills": [{"asset", "quantity", "price", …}], "bound": …}]}; prices and positions may be lists in the order of the assets.

import { element, drawing, announcer, duration, figure, freshID, roomIn, settled, short, table } from "./dom.js";
import { ask } from "./api.js";
import { niceTicks, timeTicks } from "./live-charts.js";

const SPEEDS = [1, 4, 16, 64];
const FRAME = 60;
const SIZE = { height: 200, left: 64, right: 10, top: 12, bottom: 30 };

class Replay {
  constructor(box, path) {
    this.box = box;
    this.steps = path.steps;
    this.assets = path.assets || Object.keys(path.steps[0].prices);
    this.at = 0;
    this.build();
    this.go(0);
  }

  build() {
    const id = freshID("step");
    this.range = element("input", { type: "range", id, min: "0", max: String(this.steps.length - 1), step: "1", value: "0" });
    this.play = element("button", { type: "button", class: "primary", "aria-pressed": "false" }, "Play");
    const speed = freshID("speed");
    this.speed = element("select", { id: speed }, SPEEDS.map((one) => element("option", { value: one }, `${one} ${one === 1 ? "step" : "steps"} at a time`)));
    this.asset = element("select", { id: freshID("asset") }, this.assets.map((name) => element("option", { value: name }, name)));
    const next = element("button", { type: "button" }, "Next fill or event");
    this.now = element("p", { class: "now" });
    this.said = element("p", { class: "spoken", role: "status" });
    this.tell = announcer(this.said, 1500);
    this.charts = element("div", { class: "replay-charts" });
    this.happened = element("div", { class: "happened" });
    this.box.replaceChildren(
      element("p", { class: "field" }, element("label", { for: id }, "Step"), this.range),
      element("div", { class: "buttons" }, this.play, element("label", { for: speed, class: "spoken" }, "Speed"), this.speed, next,
        element("label", { for: this.asset.id, class: "spoken" }, "Asset"), this.asset),
      this.now, this.said, this.charts, this.happened);
    this.range.addEventListener("input", () => this.go(Number(this.range.value)));
    this.play.addEventListener("click", () => this.turn());
    next.addEventListener("click", () => this.goNext());
    this.asset.addEventListener("change", () => this.drawCharts());
    this.drawCharts();
    addEventListener("resize", settled(200, () => this.drawCharts()));
  }

  valueOf(step, name, asset) {
    const all = step[name];
    if (all === null || all === undefined) return null;
    if (typeof all === "number") return all;
    return Array.isArray(all) ? all[this.assets.indexOf(asset)] : all[asset];
  }

  drawCharts() {
    const asset = this.asset.value;
    const width = roomIn(this.box);
    this.curves = [
      new Curve(`Price of ${asset}`, this.steps, (step) => this.valueOf(step, "prices", asset), "s1", width),
      new Curve("Equity", this.steps, (step) => step.equity, "s6", width),
    ];
    this.charts.replaceChildren(...this.curves.map((curve) => curve.box));
    this.show();
  }

  go(index) {
    this.at = Math.max(0, Math.min(index, this.steps.length - 1));
    this.range.value = String(this.at);
    this.show();
  }

  goNext() {
    const next = this.steps.findIndex((step, index) => index > this.at && isEventful(step));
    if (next < 0) this.tell("Nothing more happens", true);
    else this.go(next);
  }

  show() {
    const step = this.steps[this.at];
    const positions = this.assets.map((asset) => [asset, this.valueOf(step, "positions" in step ? "positions" : "position", asset)])
      .filter(([, value]) => value).map(([asset, value]) => `${figure(value, 5)} ${asset}`);
    const words = [`Step ${this.at} of ${this.steps.length - 1}, ${duration(step.seconds)}`, `equity ${figure(step.equity, 6)}`,
      positions.length ? `holds ${positions.join(", ")}` : "holds nothing",
      Number.isFinite(step.leverage) ? `leverage ${figure(step.leverage)}` : null].filter(Boolean).join(" · ");
    this.now.textContent = words;
    this.range.setAttribute("aria-valuetext", words);
    if (isEventful(step)) this.tell([...(step.events || []).map(eventInWords), ...(step.fills || []).map(fillInWords)].join("; "));
    for (const curve of this.curves || []) curve.show(this.at);
    this.showHappened();
  }

  /** The last few steps up to here in which something happened. */
  showHappened() {
    const rows = [];
    for (let index = this.at; index >= 0 && rows.length < 12; index -= 1) {
      const step = this.steps[index];
      if (!isEventful(step) && !boundInWords(step)) continue;
      rows.push([`${index}`, duration(step.seconds), (step.events || []).map(eventInWords).join("; ") || "–",
        (step.fills || []).map(fillInWords).join("; ") || "–", boundInWords(step) || "–"]);
    }
    this.happened.replaceChildren(rows.length ? table("What happened up to here, the newest first", ["Step", "Time", "Events", "Fills", "What bound"], rows, "cards words")
      : element("p", { class: "note" }, "Nothing has happened up to here."));
  }

  turn() {
    const isPlaying = Boolean(this.timer);
    clearInterval(this.timer);
    this.timer = 0;
    this.play.textContent = isPlaying ? "Play" : "Pause";
    this.play.setAttribute("aria-pressed", String(!isPlaying));
    if (isPlaying) return;
    if (this.at === this.steps.length - 1) this.go(0);
    this.timer = setInterval(() => {
      this.go(this.at + Number(this.speed.value));
      if (this.at === this.steps.length - 1) this.turn();
    }, FRAME);
  }
}

/** A line that is drawn as far as the slider is; what comes later stands back. */
class Curve {
  constructor(title, steps, valueOf, style, width) {
    this.values = steps.map(valueOf);
    const known = this.values.filter(Number.isFinite);
    const [low, high] = known.length ? [Math.min(...known), Math.max(...known)] : [0, 1];
    const room = (high - low || Math.abs(high) || 1) * 0.05;
    const { height, left, right, top, bottom } = SIZE;
    this.x = (index) => left + (width - left - right) * index / Math.max(steps.length - 1, 1);
    this.y = (value) => height - bottom - (height - top - bottom) * (value - low + room) / (high - low + 2 * room);
    const id = freshID("curve");
    this.title = drawing("title", { id }, title);
    this.svg = drawing("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": id }, this.title);
    for (const tick of niceTicks(low - room, high + room, 4)) {
      this.svg.append(drawing("path", { class: "g", d: `M${left} ${this.y(tick).toFixed(1)}H${width - right}` }),
        drawing("text", { class: "t e", x: left - 6, y: (this.y(tick) + 4).toFixed(1) }, short(tick)));
    }
    for (const tick of timeTicks(steps[0].seconds, steps[steps.length - 1].seconds, width / 160)) {
      const index = steps.findIndex((step) => step.seconds >= tick);
      this.svg.append(drawing("text", { class: "t c", x: this.x(index).toFixed(1), y: height - 10 }, duration(tick)));
    }
    this.later = drawing("path", { class: "later", d: this.line(0, this.values.length) });
    this.until = drawing("path", { class: `${style} m` });
    this.dot = drawing("circle", { class: `${style} f`, r: 4 });
    this.rule = drawing("path", { class: "z" });
    this.svg.append(this.later, this.rule, this.until, this.dot);
    this.box = element("figure", { class: "wide" }, element("figcaption", { class: "finding" }, title), element("div", { class: "plot" }, this.svg));
  }

  line(from, to) {
    let isOpen = false;
    let path = "";
    for (let index = from; index < to; index += 1) {
      const value = this.values[index];
      if (!Number.isFinite(value)) isOpen = false;
      else {
        path += `${isOpen ? "L" : "M"}${this.x(index).toFixed(1)} ${this.y(value).toFixed(1)}`;
        isOpen = true;
      }
    }
    return path || "M0 0";
  }

  show(at) {
    this.until.setAttribute("d", this.line(0, at + 1));
    this.rule.setAttribute("d", `M${this.x(at).toFixed(1)} ${SIZE.top}V${SIZE.height - SIZE.bottom}`);
    const value = this.values[at];
    this.dot.setAttribute("visibility", Number.isFinite(value) ? "visible" : "hidden");
    if (!Number.isFinite(value)) return;
    this.dot.setAttribute("cx", this.x(at).toFixed(1));
    this.dot.setAttribute("cy", this.y(value).toFixed(1));
  }
}

function isEventful(step) {
  return Boolean((step.events || []).length || (step.fills || []).length);
}

function eventInWords(event) {
  return typeof event === "string" ? event : [event.name || event.event || event.kind, event.words || event.text].filter(Boolean).join(": ");
}

function fillInWords(fill) {
  if (typeof fill === "string") return fill;
  return [`${fill.quantity < 0 ? "sold" : "bought"} ${figure(Math.abs(fill.quantity), 5)} ${fill.asset || ""} at ${figure(fill.price, 6)}`.replace("  ", " "),
    fill.reason].filter(Boolean).join(", ");
}

function boundInWords({ bound }) {
  if (!bound || (Array.isArray(bound) && !bound.length)) return "";
  return [].concat(bound).map((one) => typeof one === "string" ? one : one.rule || one.name || "").join(", ");
}

for (const box of document.querySelectorAll("[data-replay]")) {
  ask(box.dataset.replay).then(({ value }) => {
    if (value.steps && value.steps.length) new Replay(box, value);
    else box.replaceChildren(element("p", { class: "note" }, "This path has no steps."));
  }, (failure) => {
    box.replaceChildren(element("p", { class: "wrong", role: "alert" }, `The path cannot be replayed: ${failure.message}`));
  });
}
