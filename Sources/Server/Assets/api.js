// Asks the API of this server, and says what was refused in the API's own words.

/** What the API answered that it would not do: a status, a code, words, and the problems of a document. */
export class Refusal extends Error {
  constructor(status, error) {
    super(error.message || `the server answered ${status}`);
    this.status = status;
    this.code = error.code || "";
    this.problems = error.problems || [];
  }
}

/**
 * Sends a request and reads the JSON that comes back.
 *
 * Every request names itself as sent by these pages, which a form of a strange site cannot do. Throws a `Refusal`; what the
 * network refuses has the status 0. An aborted request throws the browser's own AbortError.
 */
export async function ask(address, { method = "GET", body, signal, headers = {} } = {}) {
  const sent = { Accept: "application/json", "X-StressLab-Request": "1", ...headers };
  if (body !== undefined) sent["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(address, {
      method, signal, headers: sent, credentials: "same-origin", body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new Refusal(0, { message: "the server did not answer: is it still running?" });
  }
  const text = await answer.text();
  const read = text && /json/.test(answer.headers.get("Content-Type") || "") ? JSON.parse(text) : null;
  if (!answer.ok) throw new Refusal(answer.status, (read && read.error) || {});
  return { value: read, headers: answer.headers, status: answer.status };
}

/** The newest of several requests of one kind: an earlier one is aborted, and its answer never heard. */
export function newest() {
  let running = null;
  return async (address, options = {}) => {
    if (running) running.abort();
    const mine = new AbortController();
    running = mine;
    const answer = await ask(address, { ...options, signal: mine.signal });
    if (running !== mine) throw new DOMException("overtaken", "AbortError");
    return answer;
  };
}
