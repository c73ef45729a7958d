// What is known of a job from its events so far. `hear` takes one event in; what is drawn is made from the state alone.

const RUINS = 50;
const HISTORY = 120;
const TRIALS = 200;

/** A job of which nothing has been heard. */
export function nothingHeard() {
  return {
    begun: null, progress: null, ended: null, desks: [], ruins: [], ruinCount: 0, fans: new Map(), training: new Map(),
    trials: [], pages: null, update: null,
  };
}

/** The state after an event; unknown ones change nothing. */
export function hear(state, event) {
  const ear = EARS[event.event];
  if (ear) ear(state, event);
  return state;
}

const EARS = {
  // A job that goes on after a restart begins again: what it says from then on counts. A run tells again what it had; a training
  // and a search do not, and what they told stays.
  begun(state, event) {
    const kept = event.resumed && event.command !== "run" ? { training: state.training, trials: state.trials } : {};
    Object.assign(state, nothingHeard(), kept, { begun: event });
    state.desks = (event.desks || []).map((desk) => ({ ...desk, paths: 0, ruined: 0, survival: null, low: null, high: null, history: [] }));
  },
  progress(state, event) {
    state.progress = event;
    (event.desks || []).forEach((figures, index) => {
      const desk = state.desks[index];
      if (!desk) return;
      Object.assign(desk, figures);
      remember(desk.history, { paths: figures.paths, survival: figures.survival, low: figures.low, high: figures.high });
    });
  },
  ruin(state, event) {
    state.ruinCount += 1;
    state.ruins.unshift(event);
    state.ruins.length = Math.min(state.ruins.length, RUINS);
  },
  ruins(state, event) {
    state.ruinCount += event.count || 0;
  },
  fan(state, event) {
    state.fans.set(deskName(event), event);
  },
  update(state, event) {
    state.update = event;
    const seed = ofSeed(state, event);
    for (const measure of ["return", "kl", "entropy", "valueLoss", "explainedVariance", "clipFraction"]) {
      if (Number.isFinite(event[measure])) remember(seed[measure] ||= [], { x: event.steps, y: event[measure] });
    }
  },
  validation(state, event) {
    const seed = ofSeed(state, event);
    seed.measure = event.measure;
    const survival = event.survival ?? (event.measure === "survival" ? event.value : null);
    const point = { x: event.steps, isBest: event.isBest, low: event.low, high: event.high };
    if (Number.isFinite(event.value)) remember(seed.validation ||= [], { ...point, y: event.value });
    if (Number.isFinite(survival)) remember(seed.survival ||= [], { x: event.steps, y: survival });
  },
  trial(state, event) {
    const at = state.trials.findIndex((trial) => trial.trial === event.trial && trial.rung === event.rung);
    if (at >= 0) state.trials.splice(at, 1);
    state.trials.unshift(event);
    state.trials.length = Math.min(state.trials.length, TRIALS);
    state.lastTrial = event;
  },
  page(state, event) {
    state.pages = { ...event, rows: event.rows, count: (state.pages ? state.pages.count : 0) + 1 };
  },
  ended(state, event) {
    state.ended = event;
  },
};

function ofSeed(state, event) {
  const name = event.windows > 1 ? `seed ${event.seed}, window ${event.window}` : `seed ${event.seed}`;
  if (!state.training.has(name)) state.training.set(name, {});
  return state.training.get(name);
}

/** Keeps a line of bounded length that still spans all of it: when it is over full, at an odd length, every second point goes. */
function remember(line, point) {
  line.push(point);
  if (line.length > HISTORY) {
    for (let index = 0; index < line.length / 2; index += 1) line[index] = line[2 * index];
    line.length = Math.ceil(line.length / 2);
  }
}

/** A desk in words. */
export function deskName({ scenario, severity, agent, risk }) {
  return [scenario, severity === undefined || severity === null ? null : `severity ${severity}`, agent, risk].filter(Boolean).join(" · ");
}

/** How far it is, from 0 to 1, or null where that is not known. */
export function share(state) {
  if (state.progress && Number.isFinite(state.progress.done)) return state.progress.done;
  if (state.update && state.update.updates) return state.update.update / state.update.updates;
  if (state.lastTrial && state.lastTrial.trials) return state.trials.length / (state.lastTrial.trials * (state.lastTrial.rungs || 1));
  if (state.pages && Number.isFinite(state.pages.done)) return state.pages.done;
  return null;
}
