// Which screen shows: cards, turned, heard, asleep or stranger.
import { screenChanged } from "./guard.js";
import { letGo } from "./press.js";

const screens = new Map([...document.querySelectorAll("[data-screen]")].map((s) => [s.dataset.screen, s]));
let current = [...screens].find(([, screen]) => !screen.hidden)[0];

export const shown = () => current;

export function show(name) {
  if (name === current) return;
  current = name;
  letGo();
  screenChanged();
  // While a choice can be taken back its cards stay on the table, turned: all alike.
  const turned = name === "turned";
  for (const [its, screen] of screens) screen.hidden = its !== name && !(turned && its === "cards");
  const cards = screens.get("cards");
  cards.inert = turned;
  cards.classList.toggle("is-turned", turned);
  document.querySelector(".strip").inert = name === "turned" || name === "heard";
  // The focus goes to the same place whatever was chosen.
  const first = turned ? screens.get("turned").querySelector("button") : document.querySelector("main");
  first.focus({ preventScroll: true });
}
