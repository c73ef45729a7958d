// The pages of monitors: the address of a new one has its name in it, and the page of one says when newer bars have come.

import { element } from "./dom.js";
import { ask } from "./api.js";

const form = document.getElementById("monitor-form");
if (form) {
  const name = document.getElementById("monitor-name");
  const address = () => {
    form.dataset.api = `/api/v1/monitors/${encodeURIComponent(name.value.trim())}`;
  };
  name.addEventListener("input", address);
  address();
}

/** Asks at the pace of the monitor's collections, and only while somebody looks; the page itself stays as it is. */
function follow(watched) {
  const pause = Math.max(15, Number(watched.dataset.seconds)) * 1000;
  const told = element("p", { role: "status" });
  watched.append(told);
  setInterval(async () => {
    if (document.hidden) return;
    try {
      const { value } = await ask(watched.dataset.state);
      if (value.newest === watched.dataset.newest) return;
      watched.dataset.newest = value.newest;
      const words = value.alarms.length ? `, and ${value.alarms.length} alarms stand` : "";
      told.replaceChildren(`Newer bars have come${words}. `, element("a", { href: location.pathname }, "Look again"));
    } catch (refusal) {
      told.textContent = `It cannot be looked at: ${refusal.message}`;
    }
  }, pause);
}

const watched = document.getElementById("watched");
if (watched && watched.dataset.seconds) follow(watched);
