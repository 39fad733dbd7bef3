// Fresh figures without a reload: the same page is asked for again, and what has changed in it is replaced.
"use strict";

const EVERY = 15000;
const PRESSABLE = "a, summary, button";
let isAsking = false;

async function refresh() {
  if (isAsking || document.hidden) return;
  isAsking = true;
  const note = document.querySelector("[data-live-note]");
  try {
    const answer = await fetch(location.href, { headers: { "X-Live": "1" }, credentials: "same-origin" });
    if (answer.status === 401) return location.reload();
    if (!answer.ok) throw new Error(String(answer.status));
    replace(new DOMParser().parseFromString(await answer.text(), "text/html"));
    if (note) note.hidden = true;
  } catch {
    if (note) {
      note.textContent = note.dataset.says;
      note.hidden = false;
    }
  } finally {
    isAsking = false;
  }
}

function replace(fresh) {
  for (const place of document.querySelectorAll("[data-live]")) {
    const now = fresh.querySelector(`[data-live="${place.dataset.live}"]`);
    if (!now || now.isEqualNode(place)) continue;
    const open = [...place.querySelectorAll("details")].map((each) => each.open);
    for (const [number, each] of now.querySelectorAll("details").entries()) each.open = open[number] ?? each.open;
    // Whoever walks by the keyboard stays where they are.
    const focused = [...place.querySelectorAll(PRESSABLE)].indexOf(document.activeElement);
    place.replaceChildren(...now.childNodes);
    if (focused >= 0) place.querySelectorAll(PRESSABLE)[focused]?.focus({ preventScroll: true });
  }
}

if (document.querySelector("[data-live]")) {
  setInterval(refresh, EVERY);
  document.addEventListener("visibilitychange", refresh);
}
