// What every page has: light or dark as the reader chose it, tables that scroll by keys, and a crosshair on charts that have
// their numbers beside them. Loaded in the head, before anything is drawn, so that no page flashes in the other colours.
"use strict";

(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null;
    }
  };
  const chosen = stored();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  }

  function turn() {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // Where nothing may be kept the choice holds for this page.
    }
  }

  /** A table that is wider than its room is reached by keys, and says what it is. */
  function reach() {
    for (const box of document.querySelectorAll(".scroll")) {
      if (box.scrollWidth > box.clientWidth) {
        const figure = box.closest("figure");
        const title = box.querySelector("caption") || (figure && figure.querySelector(".finding"));
        const what = box.querySelector("table") ? "Table that scrolls" : "Chart that scrolls";
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", title ? `${what}: ${title.textContent}` : what);
      } else {
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
      }
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    if (button) {
      button.hidden = false;
      button.addEventListener("click", turn);
    }
    reach();
    addEventListener("resize", reach);
    document.addEventListener("toggle", reach, true);
    new ResizeObserver(reach).observe(document.body);
    // Tables come and go while a page is worked with; once a while is soon enough to see which of them scroll.
    let timer = 0;
    new MutationObserver(() => {
      timer ||= setTimeout(() => {
        timer = 0;
        reach();
      }, 250);
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
