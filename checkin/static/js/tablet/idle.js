// Nobody there: 20 seconds without a finger, a key or a card that is heard.
export const IDLE_MS = 20_000;
let last = performance.now(); // which stays when the tablet's clock is set right
let timer;

export const isIdle = () => performance.now() - last >= IDLE_MS;

function stir() {
  last = performance.now();
  clearTimeout(timer);
  timer = setTimeout(() => dispatchEvent(new Event("idle")), IDLE_MS);
}

for (const kind of ["pointerdown", "pointerup", "keydown", "listening"]) addEventListener(kind, stir);
stir();
