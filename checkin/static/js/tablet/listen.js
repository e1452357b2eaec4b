// All the cards one after the other, in the words they show: the same whatever was or will be
// chosen. A card is lit while it sounds; where nothing can, for as long as it takes to look.
import { shown } from "./screens.js";
import { hush, say } from "./voice.js";

const LOOK_MS = 1400;
const BETWEEN_MS = 350;
const button = document.querySelector('[data-choose="listen"]');
let current = null; // the listening that goes on, an object of its own each time

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const cards = () => document.querySelectorAll(`[data-screen="${shown()}"] .card`);
const words = (card) => card.querySelectorAll(".word:not([hidden])");

async function listen() {
  const mine = (current = {});
  button.setAttribute("aria-pressed", "true");
  for (const card of cards()) {
    dispatchEvent(new Event("listening")); // somebody is there
    card.classList.add("is-lit");
    if (!(await sound(card, mine)) && current === mine) await after(LOOK_MS);
    card.classList.remove("is-lit");
    if (current === mine) await after(BETWEEN_MS);
    if (current !== mine) return;
  }
  stop();
}

async function sound(card, mine) {
  let sounded = false;
  for (const { dataset, textContent, lang } of words(card)) {
    if (current !== mine) break;
    const word = { url: dataset.sound, text: textContent, language: lang };
    sounded = (await say(word)) || sounded;
  }
  return sounded;
}

function stop() {
  if (!current) return;
  current = null;
  hush();
  button.setAttribute("aria-pressed", "false");
  for (const lit of document.querySelectorAll(".is-lit")) lit.classList.remove("is-lit");
}

addEventListener("choose", ({ target }) => {
  const what = target.dataset.choose;
  if (what === "listen" && !current) listen();
  else if (what !== "language") stop(); // the next card sounds in the language now chosen
});
for (const kind of ["screen", "idle", "pagehide"]) addEventListener(kind, stop);
document.addEventListener("visibilitychange", () => document.hidden && stop());
button.disabled = false;
