// Small makers of elements, of words for numbers, and of what is told to a screen reader.

const SVG = "http://www.w3.org/2000/svg";
const IDS = { next: 1 };

/** An element with attributes and children; text is text. An attribute that is null or false is left out. */
export function element(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same of SVG. */
export function drawing(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== false && value !== undefined) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** A name that no other element of the page has. */
export function freshID(word) {
  return `${word}-${IDS.next++}`;
}

/** By which name the document in a box goes: `data-name`, or what stands in the field that `data-name-field` names. */
export function documentName(box) {
  const field = box.dataset.nameField ? document.getElementById(box.dataset.nameField) : null;
  return (field ? field.value.trim() : box.dataset.name) || "";
}

/** A table with headers; the first cell of a row names it. Cells are texts or elements. */
export function table(caption, headers, rows, style = "") {
  return element("div", { class: "scroll" },
    element("table", { class: style || null },
      caption ? element("caption", {}, caption) : null,
      element("thead", {}, element("tr", {}, headers.map((header) => element("th", { scope: "col" }, header)))),
      element("tbody", {}, rows.map((row) => element("tr", {}, row.map((cell, index) =>
        index === 0 ? element("th", { scope: "row" }, cell) : element("td", { "data-label": headers[index] }, cell)))))));
}

/** Tells `region` what is new at a pace that can be listened to: the first at once, then the last of each `pace`. */
export function announcer(region, pace = 10000) {
  const state = { last: -Infinity, timer: 0, words: "" };
  const tell = () => {
    state.timer = 0;
    state.last = performance.now();
    if (region.textContent !== state.words) region.textContent = state.words;
  };
  return (words, isUrgent = false) => {
    state.words = words;
    if (isUrgent) {
      clearTimeout(state.timer);
      tell();
    } else if (!state.timer) {
      state.timer = setTimeout(tell, Math.max(0, state.last + pace - performance.now()));
    }
  };
}

/** Runs `work` once nothing has called for `delay` milliseconds. */
export function settled(delay, work) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...given), delay);
  };
}

const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

/** A share as per cent; "–" where there is none. */
export function percent(value, digits = 1) {
  return isNumber(value) ? `${(100 * value).toFixed(digits)} %` : "–";
}

/** A whole number with thin groups. */
export function count(value) {
  return isNumber(value) ? Math.round(value).toLocaleString("en") : "–";
}

/** A number of so many significant digits. */
export function figure(value, digits = 3) {
  if (!isNumber(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1e6 || size < 1e-4 ? value.toExponential(digits - 1).replace(/\.?0+e/, "e") : String(Number(value.toPrecision(digits)));
}

/** A number for a tick: thousands as "120k", millions as "3.5M". */
export function short(value) {
  const size = Math.abs(value);
  if (size >= 1e6 && size < 1e9) return `${Number((value / 1e6).toPrecision(4))}M`;
  return size >= 1e4 && size < 1e6 ? `${Number((value / 1e3).toPrecision(4))}k` : figure(value);
}

/** The width of a drawing that is to be read at its own size in `box`. */
export function roomIn(box) {
  return Math.round(Math.min(Math.max(box.clientWidth, 320), 900));
}

/** Seconds as the two largest units that say something: "2 h 5 min". */
export function duration(seconds) {
  if (!isNumber(seconds)) return "–";
  const sign = seconds < 0 ? "−" : "";
  let rest = Math.abs(seconds);
  if (rest < 10) return `${sign}${figure(rest, 2)} s`;
  rest = Math.round(rest);
  const parts = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]].map(([unit, size]) => {
    const whole = Math.floor(rest / size);
    rest -= whole * size;
    return [whole, unit];
  });
  const first = parts.findIndex(([whole]) => whole > 0);
  return sign + parts.slice(first, first + 2).filter(([whole]) => whole > 0).map(([whole, unit]) => `${whole} ${unit}`).join(" ");
}
