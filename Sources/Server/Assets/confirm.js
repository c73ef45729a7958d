// Asks before what cannot be taken back.

import { element, freshID } from "./dom.js";

/** Whether the reader says yes; Escape and "Keep" say no. The focus goes back to where it was. */
export function confirmed(question, yes, no = "Keep") {
  const title = element("h2", { id: freshID("question") }, question);
  const dialog = element("dialog", { "aria-labelledby": title.id },
    element("form", { method: "dialog" }, title,
      element("div", { class: "buttons" },
        element("button", { value: "no", class: "quiet", autofocus: true }, no),
        element("button", { value: "yes", class: "danger" }, yes))));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => {
      const isYes = dialog.returnValue === "yes";
      dialog.remove();
      answer(isYes);
    });
  });
}
