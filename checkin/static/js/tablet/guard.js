// Ghost taps: after the screen changed, nothing counts until all fingers are up and a moment has passed.
// Who hammers on a card means it once: taps that keep coming make the moment longer, up to a second.
const QUIET_MS = 400;
const HAMMERING_MS = 1000;
const NEAR_PX = 60;
const down = new Map(); // fingers, mouse buttons and keys that are held, with their kind
let changed = 0;
let quietUntil = 0;
let locked = false;
let pressed = null; // where a finger last came down
let place = null; // where it did before the screen changed, and when it last did so there

export function screenChanged() {
  locked = true;
  changed = performance.now();
  quietUntil = changed + QUIET_MS;
  place = pressed && { ...pressed, at: changed };
}

// Small children tap twice, and slowly: whoever taps on where the card was does not mean 'back'.
export function isEcho({ clientX, clientY }) {
  if (!place || Math.hypot(clientX - place.clientX, clientY - place.clientY) > NEAR_PX) return false;
  const isSoon = performance.now() - place.at < HAMMERING_MS;
  if (isSoon) place.at = performance.now();
  return isSoon;
}

export function accepts() {
  unlock();
  return !locked;
}

function unlock() {
  if (down.size === 0 && performance.now() >= quietUntil) locked = false;
}

function press(kind, id, isFirst) {
  // A first finger means that no other is down, whatever a lost event left behind.
  if (isFirst) for (const [held, its] of down) if (its === kind) down.delete(held);
  unlock();
  if (locked) quietUntil = Math.max(quietUntil, Math.min(performance.now() + QUIET_MS, changed + HAMMERING_MS));
  down.set(id, kind);
}

const early = { capture: true };
addEventListener("pointerdown", (e) => {
  pressed = { clientX: e.clientX, clientY: e.clientY };
  press(e.pointerType, e.pointerId, e.isPrimary);
}, early);
addEventListener("pointerup", (e) => down.delete(e.pointerId), early);
addEventListener("pointercancel", (e) => down.delete(e.pointerId), early);
addEventListener("keydown", (e) => press("key", e.code, false), early);
addEventListener("keyup", (e) => down.delete(e.code), early);
addEventListener("blur", () => down.clear());
document.addEventListener("visibilitychange", () => down.clear());
