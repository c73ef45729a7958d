// A path of a report under a slider, in a `#replay` with `data-report`: which desk and which path is chosen here, then prices and
// equity are shown up to a step, with what was filled there, which events acted and which rules narrowed the decision.

import { element, drawing, announcer, duration, figure, freshID, roomIn, settled, short, table } from "./dom.js";
import { ask } from "./api.js";
import { deskName } from "./live-state.js";
import { niceTicks, timeTicks } from "./live-charts.js";

const SPEEDS = [1, 4, 16, 64];
const FRAME = 60;
const TOLD = 12;
const SIZE = { height: 200, left: 64, right: 10, top: 12, bottom: 30 };

/** A path as the API tells it, step by step. */
class Replay {
  constructor(box, path) {
    Object.assign(this, { box, path, steps: path.steps, assets: path.assets, at: 0 });
    this.build();
    this.go(0);
    this.range.focus();
  }

  build() {
    const id = freshID("step");
    this.range = element("input", { type: "range", id, min: "0", max: String(this.steps.length - 1), step: "1", value: "0" });
    this.play = element("button", { type: "button", class: "primary" }, "Play");
    const speed = freshID("speed");
    this.speed = element("select", { id: speed }, SPEEDS.map((one) => element("option", { value: one }, one === 1 ? "each step" : `${one} steps at once`)));
    this.asset = element("select", { id: freshID("asset") }, this.assets.map((name) => element("option", { value: name }, name)));
    const next = element("button", { type: "button" }, "Next that happens");
    this.now = element("p", { class: "now" });
    this.said = element("p", { class: "spoken", role: "status" });
    this.tell = announcer(this.said, 1500);
    this.charts = element("div");
    this.happened = element("div");
    this.box.replaceChildren(
      element("p", {}, this.path.story || ""),
      element("p", { class: "field wide" }, element("label", { for: id }, "Step"), this.range),
      element("div", { class: "buttons" }, this.play, element("label", { for: speed, class: "spoken" }, "Speed"), this.speed, next,
        element("label", { for: this.asset.id, class: "spoken" }, "Asset"), this.asset),
      this.now, this.said, this.charts, this.happened);
    this.range.addEventListener("input", () => this.go(Number(this.range.value)));
    this.play.addEventListener("click", () => this.turn());
    next.addEventListener("click", () => this.goNext());
    this.asset.addEventListener("change", () => this.drawCharts());
    addEventListener("resize", settled(200, () => this.drawCharts()));
    this.drawCharts();
  }

  drawCharts() {
    const index = Math.max(this.asset.selectedIndex, 0);
    const width = roomIn(this.box);
    this.curves = [
      new Curve(`Price of ${this.assets[index]}`, this.steps, (step) => step.close[index], "s1", width),
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
    const next = this.steps.findIndex((_, index) => index > this.at && this.told(index).length > 0);
    if (next < 0) this.tell("Nothing more happens", true);
    else this.go(next);
  }

  /** What is new in a step: fills, events that begin or end, rules that begin to narrow. */
  told(index) {
    const step = this.steps[index];
    const before = this.steps[index - 1];
    const fresh = (now, then) => now.filter((name) => !then.includes(name));
    const [events, were] = [step.events || [], before ? before.events || [] : []];
    const [bound, was] = [boundBy(step), before ? boundBy(before) : []];
    return [
      ...fresh(events, were).map((name) => `${name} begins`), ...fresh(were, events).map((name) => `${name} is over`),
      ...(step.fills || []).map(fillInWords), ...fresh(bound, was).map((name) => `${name} narrows what is wanted`),
    ];
  }

  show() {
    const step = this.steps[this.at];
    const held = this.assets.map((asset, index) => [asset, step.quantity[index]]).filter(([, value]) => value)
      .map(([asset, value]) => `${figure(value, 5)} ${asset}`);
    const words = [`Step ${step.step}, ${duration(step.seconds)}`, `equity ${figure(step.equity, 7)}`,
      held.length ? `holds ${held.join(", ")}` : "holds nothing", `leverage ${figure(step.leverage)}`,
      step.events.length ? `under ${step.events.join(", ")}` : null].filter(Boolean).join(" · ");
    this.now.textContent = words;
    this.range.setAttribute("aria-valuetext", words);
    const told = this.told(this.at);
    if (told.length) this.tell(told.join("; "));
    for (const curve of this.curves) curve.show(this.at);
    this.showHappened();
  }

  /** The last few steps up to here in which something happened. */
  showHappened() {
    const rows = [];
    for (let index = this.at; index >= 0 && rows.length < TOLD; index -= 1) {
      const told = this.told(index);
      if (told.length) rows.push([String(this.steps[index].step), duration(this.steps[index].seconds), told.join("; ")]);
    }
    this.happened.replaceChildren(rows.length
      ? table("What happened up to here, the newest first", ["Step", "Time", "What happened"], rows, "words")
      : element("p", { class: "note" }, "Nothing has happened up to here."));
  }

  turn() {
    const isPlaying = Boolean(this.timer);
    clearInterval(this.timer);
    this.timer = 0;
    this.play.textContent = isPlaying ? "Play" : "Pause";
    if (isPlaying) return;
    if (this.at === this.steps.length - 1) this.go(0);
    this.timer = setInterval(() => {
      // What was put in this one's place leaves nothing running behind it.
      if (!this.range.isConnected) clearInterval(this.timer);
      else this.go(this.at + Number(this.speed.value));
      if (this.at === this.steps.length - 1) this.turn();
    }, FRAME);
  }
}

function boundBy({ decision }) {
  return decision ? [...decision.boundBy, ...(decision.marginBound ? ["margin"] : [])] : [];
}

function fillInWords({ asset, quantity, price, reason }) {
  return `${quantity < 0 ? "sold" : "bought"} ${figure(Math.abs(quantity), 5)} ${asset} at ${figure(price, 6)} (${reason})`;
}

/** A line that is in colour as far as the slider is; what comes later stands back. */
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
    this.svg = drawing("svg", { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": id },
      drawing("title", { id }, `${title}, from ${short(low)} to ${short(high)}`));
    for (const tick of niceTicks(low - room, high + room, 4)) {
      this.svg.append(drawing("path", { class: "g", d: `M${left} ${this.y(tick).toFixed(1)}H${width - right}` }),
        drawing("text", { class: "t e", x: left - 6, y: (this.y(tick) + 4).toFixed(1) }, short(tick)));
    }
    for (const tick of timeTicks(steps[0].seconds, steps[steps.length - 1].seconds, width / 160)) {
      const index = steps.findIndex((step) => step.seconds >= tick);
      this.svg.append(drawing("text", { class: "t c", x: this.x(index).toFixed(1), y: height - 10 }, duration(tick)));
    }
    this.later = drawing("path", { class: "later", d: this.line(this.values.length) });
    this.until = drawing("path", { class: `${style} m` });
    this.dot = drawing("circle", { class: `${style} f`, r: 4 });
    this.rule = drawing("path", { class: "z" });
    this.svg.append(this.later, this.rule, this.until, this.dot);
    this.box = element("figure", { class: "wide" }, element("figcaption", { class: "finding" }, title),
      element("div", { class: "plot" }, this.svg));
  }

  line(end) {
    let isOpen = false;
    let path = "";
    for (let index = 0; index < end; index += 1) {
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
    this.until.setAttribute("d", this.line(at + 1));
    this.rule.setAttribute("d", `M${this.x(at).toFixed(1)} ${SIZE.top}V${SIZE.height - SIZE.bottom}`);
    const value = this.values[at];
    this.dot.setAttribute("visibility", Number.isFinite(value) ? "visible" : "hidden");
    if (!Number.isFinite(value)) return;
    this.dot.setAttribute("cx", this.x(at).toFixed(1));
    this.dot.setAttribute("cy", this.y(value).toFixed(1));
  }
}

/** Which desk, which path: a form over the replay. */
class Choice {
  constructor(box, report, desks) {
    Object.assign(this, { report, desks });
    const [desk, path] = [freshID("desk"), freshID("path")];
    this.desk = element("select", { id: desk }, desks.map((one, index) => element("option", { value: index }, deskName(one))));
    this.number = element("input", { id: path, type: "number", min: "0", step: "1", required: true });
    this.worst = element("span", { class: "note" });
    this.wrong = element("p", { class: "wrong", role: "alert" });
    this.shown = element("div");
    const form = element("form", {}, element("p", { class: "field" }, element("label", { for: desk }, "Desk"), this.desk),
      element("p", { class: "field" }, element("label", { for: path }, "Path"), this.number, this.worst),
      element("div", { class: "buttons" }, element("button", { class: "primary" }, "Replay")), this.wrong);
    box.append(element("details", {}, element("summary", {}, "Replay a path"), form, this.shown));
    this.desk.addEventListener("change", () => this.choose());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.replay();
    });
    this.choose();
  }

  choose() {
    const { worstPath } = this.desks[Number(this.desk.value)];
    if (worstPath) this.number.value = String(worstPath.path);
    this.worst.textContent = worstPath ? `Its worst path is ${worstPath.path}.` : "";
  }

  async replay() {
    const { agent, risk, scenario, severity } = this.desks[Number(this.desk.value)];
    const query = new URLSearchParams({ agent, risk, scenario, severity });
    this.wrong.textContent = "";
    this.shown.setAttribute("aria-busy", "true");
    this.shown.replaceChildren(element("p", { class: "note" }, "It is lived through again …"));
    try {
      const { value } = await ask(`/api/v1/reports/${encodeURIComponent(this.report)}/paths/${this.number.value}?${query}`);
      this.shown.replaceChildren();
      new Replay(this.shown, value);
    } catch (failure) {
      this.shown.replaceChildren();
      this.wrong.textContent = `The path cannot be replayed: ${failure.message}`;
    }
    this.shown.removeAttribute("aria-busy");
  }
}

const box = document.getElementById("replay");
if (box) {
  const { report } = box.dataset;
  ask(`/api/v1/reports/${encodeURIComponent(report)}/summary`).then(({ value }) => {
    if (value.desks && value.desks.length) new Choice(box, report, value.desks);
  }, () => {
    // A report without figures has no paths to replay; its page says why.
  });
}
