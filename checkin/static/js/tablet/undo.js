// The choice in hand: for a while it can go on, be taken back, or wait for more; then it moves on.
import { IDLE_MS } from "./idle.js";

const bar = document.querySelector("[data-time-left]");
let pending = null; // { choice, timer }

export const countPending = () => (pending ? 1 : 0);

export function hold(choice, duration, then) {
  const since = Date.now();
  const timer = setTimeout(() => {
    const held = takeBack();
    // A tablet that fell asleep on it: whoever chose is long gone.
    const isStale = Date.now() - since > duration + IDLE_MS;
    then(isStale ? null : held);
  }, duration);
  pending = { choice, timer };
}

export function showTimeLeft(duration) {
  bar.getAnimations().forEach((running) => running.cancel());
  bar.animate([{ transform: "scaleX(1)" }, { transform: "scaleX(0)" }], { duration, fill: "forwards" });
}

export function takeBack() {
  const choice = pending?.choice ?? null;
  clearTimeout(pending?.timer);
  pending = null;
  return choice;
}
