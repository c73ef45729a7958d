// A preview of a document's market beside its text, in a `[data-preview="ID of the text area"]`.
//
// It follows the text: whenever the server finds the text good it is drawn again, and an earlier request is given up. While the
// text is wrong the last good drawing stays, dimmed. A slider says how severe the events are.

import { element, announcer, documentName, settled, freshID, figure, table } from "./dom.js";
import { newest } from "./api.js";
import { imported, uncaptioned } from "./picture.js";

const PAUSE = 200;

/** How severe that is, in words. */
export function severityInWords(severity) {
  if (severity === 0) return "the market without its events";
  if (severity === 1) return "as written";
  return severity < 1 ? `milder: ${severity} of what is written` : `harder: ${severity} times what is written`;
}

/** The facts as a table: the keys of the first are the columns. */
export function factsTable(facts) {
  const keys = [...new Set(facts.flatMap((fact) => Object.keys(fact)))];
  const headers = keys.map((key) => key.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase());
  return table("What the returns are like", headers, facts.map((fact) => keys.map((key) => inWords(fact[key]))), "cards");
}

function inWords(value) {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return figure(value);
  if (Array.isArray(value)) return value.map(inWords).join(" to ");
  if (typeof value !== "object") return String(value);
  if ("value" in value) return "low" in value ? `${figure(value.value)} (${figure(value.low)} to ${figure(value.high)})` : figure(value.value);
  return Object.entries(value).map(([key, one]) => `${key} ${inWords(one)}`).join(", ");
}

class Preview {
  constructor(box, area) {
    Object.assign(this, { box, area, send: newest(), text: null });
    this.status = element("p", { class: "timing", role: "status" }, "The preview is drawn as soon as the document is good.");
    this.tell = announcer(this.status, 1000);
    this.charts = element("div", { class: "grid charts" });
    this.facts = element("div");
    this.drawn = element("div", { class: "drawn" }, this.charts, this.facts);
    box.append(this.slider(), this.status, this.drawn);
    const again = settled(PAUSE, () => this.draw());
    this.range.addEventListener("input", () => {
      this.sayLevel();
      again();
    });
    area.addEventListener("input", () => this.drawn.classList.add("stale"));
    area.addEventListener("checked", ({ detail }) => this.hear(detail));
  }

  slider() {
    const id = freshID("severity");
    this.range = element("input", { type: "range", id, min: "0", max: "3", step: "0.25", value: "1" });
    this.level = element("output", { for: id });
    this.sayLevel();
    return element("p", { class: "field severity" }, element("label", { for: id }, "Severity"), this.range, this.level);
  }

  sayLevel() {
    const severity = Number(this.range.value);
    this.level.textContent = `${severity} – ${severityInWords(severity)}`;
    this.range.setAttribute("aria-valuetext", this.level.textContent);
  }

  hear({ good, text, kind }) {
    if (good && (!kind || kind === "scenario")) {
      if (text === this.text) this.drawn.classList.remove("stale");
      else this.draw();
      return;
    }
    this.drawn.classList.add("stale");
    this.tell(good ? "There is no market to look at in a document of this kind."
      : !this.charts.firstChild ? "The preview is drawn as soon as the document is good."
        : "This is the last good version; the document has problems.");
  }

  async draw() {
    const text = this.area.value;
    const severity = Number(this.range.value);
    const begun = performance.now();
    this.box.setAttribute("aria-busy", "true");
    this.tell("It is being drawn …");
    try {
      const { value } = await this.send("/api/v1/previews", {
        method: "POST", body: { text, severity, name: documentName(this.box) || undefined },
      });
      this.show(value);
      if (text === this.area.value) {
        this.text = text;
        this.drawn.classList.remove("stale");
      }
      const seconds = (performance.now() - begun) / 1000;
      this.tell(`Drawn in ${seconds.toFixed(2)} s at severity ${severity}.`);
    } catch (failure) {
      if (failure.name === "AbortError") return;
      this.drawn.classList.add("stale");
      this.tell(`No preview: ${failure.message}`);
    }
    this.box.removeAttribute("aria-busy");
  }

  show({ charts, facts }) {
    this.charts.replaceChildren(...(charts || []).map((chart, index) => this.figure(chart, index)));
    this.facts.replaceChildren(...(facts && facts.length ? [factsTable(facts)] : []));
  }

  figure({ title, svg }, index) {
    const picture = imported(svg, `preview-${index}-`);
    if (!picture) {
      return element("figure", {}, element("figcaption", { class: "finding" }, title),
        element("p", { class: "note" }, "This chart could not be drawn."));
    }
    const more = uncaptioned(picture);
    return element("figure", {},
      element("figcaption", {}, element("p", { class: "finding" }, title), more ? element("p", { class: "sub" }, more) : null),
      element("div", { class: "plot scroll" }, picture));
  }
}

for (const box of document.querySelectorAll("[data-preview]")) {
  const area = document.getElementById(box.dataset.preview);
  if (area) new Preview(box, area);
}
