// Changes of one part of a document in a text area, in the text's own formatting. Nodes are those of `json-path.js`, of the text
// as it stands.

import { parse, find, member } from "./json-path.js";
import { replace } from "./text-edit.js";

/** Puts `text`, which is JSON, at a path of keys; objects that are missing on the way are written. */
export function put(area, path, text) {
  const root = parse(area.value);
  if (!root || root.kind !== "object") return;
  const node = find(root, path);
  if (node) {
    replace(area, node.start, node.end, text);
    return;
  }
  let holder = root;
  let depth = 0;
  for (;;) {
    const one = member(holder, path[depth]);
    if (!one || !one.value || one.value.kind !== "object") break;
    holder = one.value;
    depth += 1;
  }
  // A key is in the way whose value is no object.
  if (member(holder, path[depth])) return;
  const inner = path.slice(depth + 1).reduceRight((inner, key) => `{ ${JSON.stringify(key)}: ${inner} }`, text);
  add(area, holder, `${JSON.stringify(path[depth])}: ${inner}`);
}

/** Takes the member at a path of keys out, where it is there. */
export function remove(area, path) {
  const holder = find(parse(area.value), path.slice(0, -1));
  const one = member(holder, path[path.length - 1]);
  if (one) takeOut(area, holder, holder.members.indexOf(one));
}

/** Puts a member or an item behind the last one, on a line of its own where that has one. */
export function add(area, holder, words) {
  const { value } = area;
  const parts = partsOf(holder);
  const last = parts[parts.length - 1];
  if (!last) {
    replace(area, holder.start + 1, holder.start + 1, ` ${words} `);
    return;
  }
  const line = value.slice(value.lastIndexOf("\n", last.start - 1) + 1, last.start);
  const end = endOf(last);
  replace(area, end, end, /^\s*$/.test(line) && value.includes("\n") ? `,\n${line}${words}` : `, ${words}`);
}

/** Takes a member or an item out, with the comma that parts it from its neighbour. */
export function takeOut(area, holder, index) {
  const parts = partsOf(holder);
  const [before, one, after] = [parts[index - 1], parts[index], parts[index + 1]];
  if (!one) return;
  if (after) replace(area, one.start, after.start, "");
  else if (before) replace(area, endOf(before), endOf(one), "");
  else replace(area, one.start, endOf(one), "");
}

function partsOf(holder) {
  return holder.kind === "array" ? holder.items : holder.members;
}

/** A member ends with its value, where it has one. */
function endOf(part) {
  return part.value && part.value.end ? part.value.end : part.end;
}
