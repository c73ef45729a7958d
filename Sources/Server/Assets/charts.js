// Shows charts of reports in a page: in each figure marked `data-chart="ADDRESS"` the drawing that lies there takes the place of the
// link to it.

import { element } from "./dom.js";
import { imported, uncaptioned } from "./picture.js";

async function draw(figure, prefix) {
  const answer = await fetch(figure.dataset.chart, { credentials: "same-origin" }).catch(() => null);
  const picture = answer && answer.ok ? imported(await answer.text(), prefix) : null;
  // The link to the chart stays.
  if (!picture) return;
  const title = picture.querySelector(":scope > title");
  const words = title ? title.textContent : "";
  const more = uncaptioned(picture);
  figure.replaceChildren(
    element("figcaption", {}, element("p", { class: "finding" }, words), more ? element("p", { class: "sub" }, more) : null),
    element("div", { class: "plot scroll" }, picture));
}

document.querySelectorAll("[data-chart]").forEach((figure, index) => draw(figure, `chart-${index}-`));
