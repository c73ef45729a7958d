// Keeps the overview's tables of jobs as they are now: whenever the server tells of a change, the page is read again and its
// tables take the place of those that stand here. So a row looks the same however it came.

import { announcer, settled } from "./dom.js";

const TABLES = ["open", "over", "reports"];
const PAUSE = 400;

const tell = announcer(document.getElementById("status"), 5000);
const states = new Map();

/** Puts the newest tables in place; a link that had the focus has it again. */
async function refresh() {
  let page;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok) return;
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return;
  }
  for (const id of TABLES) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (!old || !fresh || old.outerHTML === fresh.outerHTML) continue;
    const focused = old.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    const placed = document.importNode(fresh, true);
    old.replaceWith(placed);
    if (focused) {
      const again = [...document.querySelectorAll("main a")].find((link) => link.getAttribute("href") === focused);
      if (again) again.focus();
    }
  }
}

const soon = settled(PAUSE, refresh);

function hear(message) {
  const job = JSON.parse(message.data);
  if (states.get(job.id) === job.state) return;
  states.set(job.id, job.state);
  tell(`${job.title}: ${job.state}`);
  soon();
}

/** A stream that breaks is taken up again by the browser; what was missed meanwhile is read from the page. */
function follow() {
  const changes = new EventSource("/api/v1/changes");
  changes.addEventListener("job", hear);
  changes.addEventListener("open", soon);
  return changes;
}

// A browser holds few connections to one server: a page that nobody sees keeps none.
let changes = follow();
document.addEventListener("visibilitychange", () => {
  changes.close();
  if (!document.hidden) changes = follow();
});
