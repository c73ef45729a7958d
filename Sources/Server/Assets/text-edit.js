// Changes of a text area that leave its undo history whole.

/** Puts `text` in place of `from..<to` and the caret at `caret` (the end of the new text, unless given). */
export function replace(area, from, to, text, caret = from + text.length) {
  const focused = document.activeElement;
  const selection = [area.selectionStart, area.selectionEnd];
  const old = area.value;
  if (old.slice(from, to) !== text) {
    area.focus({ preventScroll: true });
    area.setSelectionRange(from, to);
    // The only way to change a text area that "undo" knows; where a browser has left it out, the text is still changed.
    const isDone = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
    if (!isDone) {
      area.setRangeText(text, from, to, "end");
      area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText", data: text }));
    }
  }
  if (focused && focused !== area && focused !== document.body) {
    const moved = (at) => at <= from ? at : at >= to ? at + text.length - (to - from) : from + Math.min(at - from, text.length);
    area.setSelectionRange(moved(selection[0]), moved(selection[1]));
    focused.focus({ preventScroll: true });
  } else {
    area.setSelectionRange(caret, caret);
  }
}

/** A new line that begins as deep as this one, deeper behind an opening bracket; a closing one goes to a line of its own. */
export function breakLine(area) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const line = value.slice(value.lastIndexOf("\n", from - 1) + 1, from);
  const depth = /^[ \t]*/.exec(line)[0];
  const opens = /[{[]\s*$/.test(line);
  const closes = opens && /^[ \t]*[}\]]/.test(value.slice(to));
  const start = `\n${depth}${opens ? "  " : ""}`;
  replace(area, from, to, closes ? `${start}\n${depth}` : start, from + start.length);
}

/** Moves the selected lines two spaces in or out; without a selection, "in" puts spaces at the caret. */
export function indent(area, isOut) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  if (from === to && !isOut) return replace(area, from, to, "  ");
  const start = value.lastIndexOf("\n", from - 1) + 1;
  const lines = value.slice(start, to).split("\n");
  const moved = lines.map((line) => isOut ? line.replace(/^ {1,2}|^\t/, "") : line && `  ${line}`);
  const text = moved.join("\n");
  if (text === lines.join("\n")) return undefined;
  replace(area, start, to, text);
  const first = moved[0].length - lines[0].length;
  area.setSelectionRange(Math.max(start, from + first), start + text.length);
  return undefined;
}
