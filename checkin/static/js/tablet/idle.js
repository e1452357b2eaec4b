// Nobody there: 20 seconds without a finger, a key or a card that is heard.
export const IDLE_MS = 20_000;
let last = Date.now();
let timer;

export const isIdle = () => Date.now() - last >= IDLE_MS;

function stir() {
  last = Date.now();
  clearTimeout(timer);
  timer = setTimeout(() => dispatchEvent(new Event("idle")), IDLE_MS);
}

for (const kind of ["pointerdown", "pointerup", "keydown", "listening"]) addEventListener(kind, stir);
stir();
