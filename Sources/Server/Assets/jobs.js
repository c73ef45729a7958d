// Keeps a table of jobs up to date while somebody looks at it.
//
//     <table data-jobs="/api/v1/jobs?limit=20"><thead><tr><th data-column="title">Job</th>…
//
// The columns are those that the page's own rows have: title, kind, state, created, started, ended, message, attempts.

import { element, announcer } from "./dom.js";
import { ask } from "./api.js";

const EVERY = 3000;
// After a failure each wait is twice as long, up to a minute.
const LONGEST = 60000;

class Jobs {
  constructor(table) {
    this.table = table;
    this.columns = [...table.tHead.rows[0].cells].map((cell) => ({ key: cell.dataset.column, label: cell.textContent }));
    this.states = new Map();
    this.wait = EVERY;
    this.status = element("p", { class: "spoken", role: "status" });
    table.after(this.status);
    this.tell = announcer(this.status, 5000);
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.refresh();
    });
    this.refresh();
  }

  async refresh() {
    clearTimeout(this.timer);
    if (document.hidden) return;
    try {
      const { value } = await ask(this.table.dataset.jobs);
      this.show(value.items);
      this.wait = EVERY;
    } catch {
      this.wait = Math.min(2 * this.wait, LONGEST);
    }
    this.timer = setTimeout(() => this.refresh(), this.wait);
  }

  show(jobs) {
    const changed = jobs.filter((job) => this.states.has(job.id) && this.states.get(job.id) !== job.state);
    this.states = new Map(jobs.map((job) => [job.id, job.state]));
    const body = this.table.tBodies[0];
    const rows = new Map([...body.rows].map((row) => [row.dataset.id, row]));
    const wanted = jobs.map((job) => this.filled(rows.get(job.id) || this.row(job), job));
    for (const row of [...body.rows]) if (!wanted.includes(row)) row.remove();
    wanted.forEach((row, index) => {
      if (body.rows[index] !== row) body.insertBefore(row, body.rows[index] || null);
    });
    if (changed.length) this.tell(changed.map((job) => `${job.title}: ${job.state}`).join("; "));
  }

  row(job) {
    return element("tr", { "data-id": job.id }, this.columns.map(({ key, label }, index) =>
      element(index ? "td" : "th", index ? { "data-label": label } : { scope: "row" },
        key === "title" ? element("a", { href: `/jobs/${encodeURIComponent(job.id)}` }, job.title) : null)));
  }

  filled(row, job) {
    this.columns.forEach(({ key }, index) => {
      const cell = row.cells[index];
      if (key === "state") putState(cell, job.state);
      else if (key && key !== "title") putText(cell, inWords(key, job[key]));
    });
    return row;
  }
}

function putText(cell, words) {
  if (cell.textContent.trim() !== words) cell.textContent = words;
}

function putState(cell, state) {
  const badge = cell.querySelector(".badge");
  if (badge && badge.dataset.state === state) return;
  cell.replaceChildren(element("span", { class: "badge", "data-state": state }, state));
}

function inWords(key, value) {
  if (value === null || value === undefined) return "–";
  if (!["created", "started", "ended"].includes(key)) return String(value);
  return String(value).replace("T", " ").replace(/(:\d\d)(\.\d+)?Z$/, "$1 UTC");
}

for (const table of document.querySelectorAll("table[data-jobs]")) new Jobs(table);
