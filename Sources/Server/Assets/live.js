// The live page of a job, in a `#live` with `data-job`, `data-kind`, `data-state` and `data-resumable`.
//
// Follows the job's events as they are written; when the line breaks the browser asks again from where it stopped. All is drawn
// into this element.

import { element, announcer, count, duration, figure } from "./dom.js";
import { ask } from "./api.js";
import { confirmed } from "./confirm.js";
import { nothingHeard, hear, share } from "./live-state.js";
import { RunView } from "./live-run.js";
import { TrainingView } from "./live-training.js";

const KINDS = ["begun", "progress", "ruin", "ruins", "fan", "update", "validation", "trial", "page", "ended"];
const OVER = new Set(["finished", "missed", "failed", "cancelled"]);
// How often a page is drawn while events stream in, and how often the job's state is asked for, in milliseconds.
const DRAWN_EVERY = 400;
const ASKED_EVERY = 5000;
const TOLD_EVERY = 15000;

class LiveJob {
  constructor(box) {
    this.box = box;
    this.address = `/api/v1/jobs/${encodeURIComponent(box.dataset.job)}`;
    this.state = nothingHeard();
    this.heard = 0;
    this.job = { state: box.dataset.state, resumable: box.dataset.resumable === "true" };
    this.build();
    this.watch();
    this.askState();
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.source.close();
      else if (!OVER.has(this.job.state)) this.watch();
      if (!document.hidden) this.askState();
    });
  }

  build() {
    this.badge = element("span", { class: "badge" });
    this.message = element("span");
    this.bar = element("progress", { max: "1", "aria-label": "How far it is" });
    this.figures = element("p", { class: "pace" });
    this.said = element("p", { class: "spoken", role: "status" });
    this.tell = announcer(this.said, TOLD_EVERY);
    this.stop = element("button", { type: "button", class: "danger", hidden: true }, "Stop");
    this.resume = element("button", { type: "button", class: "primary", hidden: true }, "Go on");
    this.stop.addEventListener("click", async () => {
      if (await confirmed("Stop this job? What it has done is kept, and it can go on later.", "Stop", "Let it run")) this.send("cancel");
    });
    this.resume.addEventListener("click", () => this.send("resume"));
    // Where the page was opened after the end, the server has put the link there.
    this.hasReport = document.querySelector("main a.button[href^='/reports/']") !== null;
    this.report = element("a", { class: "button", hidden: true }, "Open the report");
    this.refused = element("p", { class: "wrong", role: "alert" });
    const isRun = this.box.dataset.kind === "run" || this.box.dataset.kind === "comparison";
    this.view = isRun ? new RunView() : new TrainingView();
    this.box.append(element("p", {}, this.badge, " ", this.message), this.bar, this.figures, element("div", { class: "buttons" }, this.stop, this.resume, this.report), this.refused, this.said, this.view.box);
    this.show();
  }

  /** Follows from where it stopped. A browser holds few connections to one server: a page that nobody sees keeps none. */
  watch() {
    if (this.source) this.source.close();
    this.source = new EventSource(`${this.address}/events?from=${this.heard}`);
    for (const kind of KINDS) this.source.addEventListener(kind, (message) => this.take(message));
    // The last of a stream: how the job stands. Without it the line broke, and the browser takes it up again.
    this.source.addEventListener("state", (message) => {
      const job = JSON.parse(message.data);
      if (job && job.state !== "running" && job.state !== "queued") this.source.close();
      if (job) this.hearJob(job);
    });
    this.source.addEventListener("error", () => {
      if (this.source.readyState === EventSource.CLOSED) this.askState();
    });
  }

  take(message) {
    let event;
    if (message.lastEventId) this.heard = Number(message.lastEventId);
    try {
      event = JSON.parse(message.data);
    } catch {
      return;
    }
    hear(this.state, event);
    if (!this.timer) this.timer = setTimeout(() => this.show(), DRAWN_EVERY);
  }

  async askState() {
    clearTimeout(this.asking);
    try {
      this.hearJob((await ask(this.address)).value);
    } catch (failure) {
      this.refused.textContent = failure.message;
    }
    if (!OVER.has(this.job.state)) this.asking = setTimeout(() => this.askState(), ASKED_EVERY);
  }

  hearJob(job) {
    const before = this.job.state;
    this.job = job;
    this.refused.textContent = "";
    if (before !== job.state) {
      const words = [job.title, job.state, job.message].filter(Boolean);
      this.tell(words.join(": "), true);
      this.box.dispatchEvent(new CustomEvent("job", { bubbles: true, detail: job }));
      this.showFacts();
      if (job.state === "running" && this.source.readyState === EventSource.CLOSED && !document.hidden) this.watch();
    }
    this.show();
  }

  /** What the page says of the job beside this element: how it stands, and what its process said. */
  async showFacts() {
    const { job } = this;
    for (const [name, value] of Object.entries({ state: job.state, attempts: job.attempts, said: job.message || "–" })) {
      const fact = document.querySelector(`[data-fact="${name}"]`);
      if (fact) fact.textContent = value;
    }
    const log = document.getElementById("log");
    if (!log) return;
    const answer = await fetch(`${this.address}/log?bytes=16384`, { credentials: "same-origin" }).catch(() => null);
    if (answer && answer.ok) log.textContent = (await answer.text()) || "Nothing.";
  }

  show() {
    clearTimeout(this.timer);
    this.timer = 0;
    const { state, job } = this;
    this.badge.textContent = job.stopping ? "stopping" : job.state;
    this.badge.className = `badge ${job.state}`;
    this.message.textContent = job.message || "";
    const done = job.state === "finished" || job.state === "missed" ? 1 : share(state);
    if (done === null) this.bar.removeAttribute("value");
    else this.bar.value = done;
    this.bar.hidden = OVER.has(job.state) && done !== 1;
    this.figures.textContent = this.pace(done);
    const name = /^reports\/(.+)/.exec(job.output || "");
    this.report.hidden = this.hasReport || !name || (job.state !== "finished" && job.state !== "missed");
    if (!this.report.hidden) this.report.href = `/reports/${encodeURIComponent(name[1])}`;
    // A button that goes takes the focus with it: it is left on the other.
    const had = document.activeElement;
    this.stop.hidden = job.stopping || (job.state !== "running" && job.state !== "queued");
    this.resume.hidden = !job.resumable || job.stopping || job.state === "running" || job.state === "queued";
    if (had === this.stop && this.stop.hidden && !this.resume.hidden) this.resume.focus();
    if (had === this.resume && this.resume.hidden && !this.stop.hidden) this.stop.focus();
    this.view.draw(state);
    if (!OVER.has(job.state) && done !== null) this.tell(`${Math.round(100 * done)} % done. ${this.figures.textContent}`);
  }

  pace(done) {
    const { progress, update } = this.state;
    const source = progress || update;
    if (OVER.has(this.job.state)) return "";
    if (!source) return this.job.state === "queued" ? "Waits for its turn." : "";
    const unit = progress ? progress.unit || "paths" : "steps";
    const words = [done === null ? null : `${(100 * done).toFixed(1)} %`];
    if (progress && progress.wanted) words.push(`${count(progress.finished)} of ${count(progress.wanted)} ${unit}`);
    if (!progress && update.updates) words.push(`update ${count(update.update)} of ${count(update.updates)}`);
    if (Number.isFinite(source.rate)) words.push(`${source.rate >= 100 ? count(source.rate) : figure(source.rate)} ${unit} a second`);
    if (Number.isFinite(source.secondsLeft)) words.push(`${duration(source.secondsLeft)} left`);
    return words.filter(Boolean).join(" · ");
  }

  async send(deed) {
    this.stop.setAttribute("aria-disabled", "true");
    try {
      await ask(`${this.address}/${deed}`, { method: "POST" });
      if (deed === "resume") this.watch();
    } catch (failure) {
      this.refused.textContent = failure.message;
    }
    this.stop.removeAttribute("aria-disabled");
    await this.askState();
  }
}

const box = document.getElementById("live");
if (box) new LiveJob(box);
