// Small charts of a running job, in the look of the report's: sizes by viewBox, colours by the theme's properties.

import { drawing, element, figure, freshID, short, table } from "./dom.js";

// Steps of a scale of time, in seconds.
const TIMES = [1, 5, 15, 60, 300, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 432000, 864000, 2592000, 7776000, 31536000];

/** Round numbers that part a range into some `most` steps. */
export function niceTicks(low, high, most = 4) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  return multiples(low, high, [1, 2, 2.5, 5, 10].map((one) => one * power).find((one) => one >= rough * 0.999));
}

/** Round times, of seconds. */
export function timeTicks(low, high, most = 4) {
  return multiples(low, high, TIMES.find((one) => one >= (high - low) / most) || TIMES[TIMES.length - 1]);
}

function multiples(low, high, step) {
  if (!(high > low)) return [low];
  const ticks = [];
  for (let tick = Math.ceil(low / step - 1e-9); tick * step <= high + step * 1e-9; tick += 1) ticks.push(tick * step);
  return ticks;
}

function range(values) {
  const known = values.filter(Number.isFinite);
  const low = Math.min(...known);
  const high = Math.max(...known);
  return high > low ? [low, high] : [low - Math.abs(low || 1) * 0.1, high + Math.abs(high || 1) * 0.1];
}

/** A plain frame with axes: {svg, x, y} with the scales as functions. */
function axes({ width, height, xs, ys, title, xWord, xTicks = niceTicks, xWords = short, yWords = short, left = 52 }) {
  const [right, top, bottom] = [10, 10, 34];
  const x = (value) => left + (width - left - right) * (value - xs[0]) / (xs[1] - xs[0]);
  const y = (value) => height - bottom - (height - top - bottom) * (value - ys[0]) / (ys[1] - ys[0]);
  const id = freshID("chart");
  const svg = drawing("svg", { class: "chart live-chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-labelledby": id },
    drawing("title", { id }, title));
  for (const tick of niceTicks(ys[0], ys[1])) {
    svg.append(drawing("path", { class: "g", d: `M${left} ${y(tick).toFixed(1)}H${width - right}` }),
      drawing("text", { class: "t e", x: left - 6, y: (y(tick) + 4).toFixed(1) }, yWords(tick)));
  }
  for (const tick of xTicks(xs[0], xs[1], 3)) {
    svg.append(drawing("text", { class: "t c", x: x(tick).toFixed(1), y: height - bottom + 17 }, xWords(tick)));
  }
  svg.append(drawing("path", { class: "x", d: `M${left} ${height - bottom}H${width - right}` }));
  if (xWord) svg.append(drawing("text", { class: "t e", x: width - right, y: height - 3 }, xWord));
  return { svg, x, y };
}

function line(points, x, y) {
  return points.map((point, index) => `${index ? "L" : "M"}${x(point[0]).toFixed(1)} ${y(point[1]).toFixed(1)}`).join("");
}

function band(xs, low, high, x, y) {
  const upper = xs.map((value, index) => [value, high[index]]);
  const lower = xs.map((value, index) => [value, low[index]]).reverse();
  return line([...upper, ...lower], x, y) + "Z";
}

/** Lines of several series over the same axes, with their numbers in a table that opens: a figure. */
export function linesFigure({ title, series, xWord, yWords = short, bounds }) {
  const all = series.flatMap((one) => one.points);
  const known = all.filter((point) => Number.isFinite(point.y));
  const box = element("figure", {}, element("figcaption", { class: "finding" }, title));
  if (known.length === 0) {
    box.append(element("p", { class: "note" }, "Nothing yet."));
    return box;
  }
  const { svg, x, y } = axes({
    width: 360, height: 190, title: `${title}: ${series.map((one) => `${one.name} now ${yWords(lastOf(one))}`).join("; ")}`, xWord,
    xs: range(all.map((point) => point.x)), ys: bounds || range(known.flatMap((point) => [point.y, point.low, point.high])), yWords,
  });
  series.forEach((one, index) => {
    const style = `s${index % 6 + 1}`;
    const banded = one.points.filter((point) => Number.isFinite(point.low) && Number.isFinite(point.high));
    if (banded.length > 1) {
      svg.append(drawing("path", { class: `${style} o`, d: band(banded.map((point) => point.x), banded.map((point) => point.low),
        banded.map((point) => point.high), x, y) }));
    }
    const points = one.points.filter((point) => Number.isFinite(point.y)).map((point) => [point.x, point.y]);
    if (points.length === 1) svg.append(drawing("circle", { class: `${style} f`, cx: x(points[0][0]), cy: y(points[0][1]), r: 3 }));
    else svg.append(drawing("path", { class: `${style} n`, d: line(points, x, y) }));
    for (const point of one.points.filter((each) => each.isBest)) {
      svg.append(drawing("circle", { class: `${style} h`, cx: x(point.x).toFixed(1), cy: y(point.y).toFixed(1), r: 4 }));
    }
  });
  const rows = series.flatMap((one) => one.points.slice(-8).map((point) => [one.name, figure(point.x, 6), yWords(point.y)]));
  box.append(element("div", { class: "plot" }, svg), numbers(["series", xWord || "x", title], rows));
  return box;
}

function lastOf(one) {
  return one.points.length ? one.points[one.points.length - 1].y : null;
}

function numbers(headers, rows) {
  return element("details", {}, element("summary", {}, "Data"), table("", headers, rows, "data"));
}

/** A fan: quantiles over time, the outer two and the inner two as bands, the median as a line. */
export function fanFigure({ title, seconds, levels, values, xWords, yWords = figure, width = 640 }) {
  const { svg, x, y } = axes({
    width, height: 300, title, xs: range(seconds), ys: range(values.flat()), xTicks: timeTicks, xWords, yWords, xWord: "time", left: 64,
  });
  const last = levels.length - 1;
  for (let index = 0; index < last - index; index += 1) {
    svg.append(drawing("path", { class: `s1 ${index ? "i" : "o"}`, d: band(seconds, values[index], values[last - index], x, y) }));
  }
  if (levels.length % 2) {
    const middle = values[last / 2];
    svg.append(drawing("path", { class: "s1 m", d: line(seconds.map((value, index) => [value, middle[index]]), x, y) }));
  }
  const shown = seconds.map((_, index) => index).filter((index) => index % Math.ceil(seconds.length / 12) === 0 || index === seconds.length - 1);
  const rows = shown.map((index) => [xWords(seconds[index]), ...values.map((one) => yWords(one[index]))]);
  return element("figure", { class: "wide" }, element("figcaption", { class: "finding" }, title),
    element("div", { class: "plot" }, svg), numbers(["time", ...levels.map((level) => `${100 * level} %`)], rows));
}

/** Survival so far with its interval, from 0 to 1, over the paths: a strip that stands in a table's cell. */
export function survivalStrip(history, wanted) {
  const [width, height] = [160, 30];
  const svg = drawing("svg", { class: "chart strip", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  const known = history.filter((one) => Number.isFinite(one.survival) && Number.isFinite(one.low) && Number.isFinite(one.high));
  const most = Math.max(wanted || 0, ...known.map((one) => one.paths), 1);
  const x = (paths) => 2 + (width - 4) * paths / most;
  const y = (share) => height - 2 - (height - 4) * share;
  svg.append(drawing("path", { class: "g", d: `M2 ${y(1)}H${width - 2}M2 ${y(0)}H${width - 2}` }));
  if (known.length) {
    const paths = known.map((one) => one.paths);
    svg.append(
      drawing("path", { class: "s1 i", d: band(paths, known.map((one) => one.low), known.map((one) => one.high), x, y) }),
      drawing("path", { class: "s1 n", d: line(known.map((one) => [one.paths, one.survival]), x, y) }));
    const last = known[known.length - 1];
    svg.append(drawing("circle", { class: "s1 f", cx: x(last.paths).toFixed(1), cy: y(last.survival).toFixed(1), r: 2.5 }));
  }
  return svg;
}
