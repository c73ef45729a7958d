// Drawings of this program as parts of a page.

const SVG_TYPE = "image/svg+xml";
const UNWANTED = new Set(["script", "style", "foreignobject", "iframe", "object", "embed", "animate", "set", "use", "image"]);

/**
 * A drawing of ours as an element of this page, or null where it is none.
 *
 * What a picture does not need is left out, though the server draws no such thing: scripts, handlers, links, styles. Names inside
 * it get `prefix`, so that several drawings do not share them.
 */
export function imported(svg, prefix) {
  // Styles go before it is read, since the page's policy speaks of each one that a parser meets.
  const plain = svg.replace(/<style[\s\S]*?<\/style>/g, "").replace(/ style="[^"]*"/g, "");
  const parsed = new DOMParser().parseFromString(plain, SVG_TYPE);
  const root = parsed.documentElement;
  if (root.localName !== "svg" || parsed.querySelector("parsererror")) return null;
  for (const node of [root, ...root.querySelectorAll("*")]) {
    if (UNWANTED.has(node.localName.toLowerCase())) node.remove();
    else for (const { name, value } of [...node.attributes]) clean(node, name, value, prefix);
  }
  root.removeAttribute("width");
  root.removeAttribute("height");
  return document.importNode(root, true);
}

function clean(node, name, value, prefix) {
  if (/^on/i.test(name) || name === "style" || /href$/i.test(name)) node.removeAttribute(name);
  else if (name === "id") node.setAttribute(name, prefix + value);
  else if (/^aria-(labelledby|describedby)$/.test(name)) {
    node.setAttribute(name, value.split(/\s+/).map((id) => prefix + id).join(" "));
  } else if (value.includes("url(")) {
    node.setAttribute(name, value.replaceAll(/url\(#([\w-]+)\)/g, `url(#${prefix}$1)`));
  }
}

/** Takes a drawing's own caption out of it, and gives its second part; the first is the drawing's title. */
export function uncaptioned(picture) {
  const body = picture.querySelector(":scope > g[transform]");
  const shift = body && /^translate\(0[ ,](\d+(?:\.\d+)?)\)$/.exec(body.getAttribute("transform"));
  const [left, top, width, height] = (picture.getAttribute("viewBox") || "").split(" ").map(Number);
  if (!shift || !Number.isFinite(height)) return "";
  const lines = [...picture.querySelectorAll(":scope > text.subtitle")].map((line) => line.textContent);
  for (const line of picture.querySelectorAll(":scope > text")) line.remove();
  picture.setAttribute("viewBox", `${left} ${top + Number(shift[1])} ${width} ${height - Number(shift[1])}`);
  return lines.join(" ");
}
