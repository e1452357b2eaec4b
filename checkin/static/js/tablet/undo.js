// After a choice all cards lie on their backs for a while, and it can be taken back.
import { IDLE_MS } from "./idle.js";
import { told } from "./told.js";

const bar = document.querySelector("[data-time-left]");
let pending = null; // { choice, timer }

export const countPending = () => (pending ? 1 : 0);

export function hold(choice, keep) {
  const duration = told.undo * 1000;
  const since = Date.now();
  const timer = setTimeout(() => {
    const held = takeBack();
    // A tablet that fell asleep on it: whoever chose is long gone.
    const isStale = Date.now() - since > duration + IDLE_MS;
    keep(isStale ? null : held);
  }, duration);
  pending = { choice, timer };
  bar.getAnimations().forEach((running) => running.cancel());
  bar.animate([{ transform: "scaleX(1)" }, { transform: "scaleX(0)" }], { duration, fill: "forwards" });
}

export function takeBack() {
  const choice = pending?.choice ?? null;
  clearTimeout(pending?.timer);
  pending = null;
  return choice;
}
