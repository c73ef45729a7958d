// The form that starts a run: which scenarios a study runs, and how long that will take, as the server estimates it while the
// form is filled in.

import { announcer, count, duration, settled } from "./dom.js";
import { newest } from "./api.js";
import { composed } from "./forms.js";

const PAUSE = 500;

const form = document.getElementById("run");
const estimate = document.getElementById("estimate");

/** A study runs its own scenarios alone, or lends its terms to those that are chosen. */
function compose({ detail }) {
  const { body } = detail;
  const isOwn = body.which === "own";
  delete body.which;
  if (!isOwn || !body.study) return;
  body.documents = [body.study];
  delete body.study;
}

/** Choosing one of the scenarios says that those that are chosen are meant. */
function mean(event) {
  if (event.target.name !== "documents" || !event.target.checked) return;
  const these = form.querySelector("[name=which][value=these]");
  if (these) these.checked = true;
}

const send = newest();
const tell = announcer(estimate, 1000);

async function ask() {
  const body = composed(form);
  delete body.folder;
  if (!body.documents || !body.documents.length) {
    tell("Choose a scenario.");
    return;
  }
  try {
    const { value } = await send("/api/v1/estimates", { method: "POST", body });
    const what = `${count(value.paths)} paths of ${count(value.markets)} ${value.markets === 1 ? "market" : "markets"}, `
      + `${count(value.desks)} ${value.desks === 1 ? "desk" : "desks"}`;
    tell(value.seconds === null ? `${what}; how long that takes is known after the first run here.`
      : `${what}: about ${duration(value.seconds)}, by the ${value.runs === 1 ? "last run" : `last ${value.runs} runs`} here.`);
  } catch (failure) {
    if (failure.name === "AbortError") return;
    const problem = failure.problems && failure.problems[0];
    tell(problem ? `This cannot be run: ${problem.message}` : `This cannot be run: ${failure.message}`);
  }
}

if (form && estimate) {
  const soon = settled(PAUSE, ask);
  form.addEventListener("compose", compose);
  form.addEventListener("input", (event) => {
    mean(event);
    soon();
  });
  soon();
}
