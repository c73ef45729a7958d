// What a running training or search shows: how it learns, as small multiples, and the trials.

import { element, figure, percent, short, table } from "./dom.js";
import { linesFigure } from "./live-charts.js";

const MEASURES = [
  ["return", "Return of an episode", short], ["survival", "Survival on validation", (value) => percent(value, 0)],
  ["validation", "Validation", short], ["kl", "KL divergence of an update", short], ["entropy", "Entropy of the policy", short],
  ["explainedVariance", "Variance that the value explains", short], ["valueLoss", "Loss of the value", short],
];

export class TrainingView {
  constructor() {
    this.figures = element("div", { class: "multiples" });
    this.trials = element("div");
    this.pages = element("p");
    this.box = element("div", {}, this.figures, this.trials, this.pages);
    this.drawn = "";
  }

  draw(state) {
    this.drawLines(state);
    if (state.trials.length) this.drawTrials(state);
    const { pages } = state;
    if (pages) this.pages.textContent = `${pages.rows} rows, ${pages.from} to ${pages.to}.`;
  }

  drawLines(state) {
    if (!state.training.size) return;
    const version = [...state.training.values()].map((seed) => Object.values(seed).map((line) => line.length + (line.at(-1)?.x || "")).join()).join();
    if (version === this.drawn) return;
    this.drawn = version;
    const open = new Set([...this.figures.querySelectorAll("figure")].filter((one) => one.querySelector("details[open]")).map((one) => one.dataset.measure));
    const drawn = MEASURES.map(([measure, title, yWords]) => {
      const series = [...state.training].filter(([, seed]) => seed[measure]).map(([name, seed]) => ({ name, points: seed[measure] }));
      if (!series.length) return null;
      const named = measure === "validation" ? [...state.training.values()].map((seed) => seed.measure).find(Boolean) : null;
      const one = linesFigure({ title: named ? `Validation: ${named}` : title, series, xWord: "steps", yWords,
        bounds: measure === "survival" ? [0, 1] : undefined });
      one.dataset.measure = measure;
      const details = one.querySelector("details");
      if (details && open.has(measure)) details.open = true;
      return one;
    });
    this.figures.replaceChildren(...drawn.filter(Boolean));
    const names = [...state.training.keys()];
    if (names.length > 1) this.figures.prepend(legend(names));
  }

  drawTrials({ trials, lastTrial }) {
    if (lastTrial === this.shown) return;
    this.shown = lastTrial;
    const settings = [...new Set(trials.flatMap((trial) => Object.keys(trial.setting || {})))];
    const rows = trials.map((trial) => [`Trial ${trial.trial}`, `${trial.rung} of ${trial.rungs}`, figure(trial.value, 4), trial.status,
      ...settings.map((key) => said((trial.setting || {})[key]))]);
    this.trials.replaceChildren(element("h2", {}, "Trials"),
      table(`${lastTrial.trials} trials, the newest first`, ["Trial", "Rung", "Value", "State", ...settings], rows, "cards"));
  }
}

function said(value) {
  return typeof value === "number" ? figure(value, 4) : value === undefined || value === null ? "–" : String(value);
}

function legend(names) {
  return element("p", { class: "legend" }, names.map((name, index) =>
    element("span", {}, element("span", { class: `swatch s${index % 6 + 1}`, "aria-hidden": "true" }), `${name} `)));
}
