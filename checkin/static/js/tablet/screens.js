// Which screen shows: cards, coping, turned, heard, breathing, asleep or stranger.
import { screenChanged } from "./guard.js";
import { letGo } from "./press.js";

const screens = new Map([...document.querySelectorAll("[data-screen]")].map((s) => [s.dataset.screen, s]));
let current = [...screens].find(([, screen]) => !screen.hidden)[0];

export const shown = () => current;

export function show(name) {
  if (name === current) return;
  // While a choice can be taken back the cards stay on the table, turned: all alike.
  const turned = name === "turned" ? screens.get(current) : null;
  current = name;
  letGo();
  screenChanged();
  for (const [its, screen] of screens) {
    screen.hidden = its !== name && screen !== turned;
    screen.inert = screen === turned;
    screen.classList.toggle("is-turned", screen === turned);
  }
  const isTaken = ["coping", "turned", "heard", "breathing"].includes(name);
  for (const part of document.querySelector(".strip").children) {
    part.inert = isTaken && !(name === "coping" && part.matches(".listen")); // who chooses may listen
  }
  dispatchEvent(new Event("screen"));
  // The focus goes to the same place whatever was chosen.
  const first = turned ? screens.get("turned").querySelector("button") : document.querySelector("main");
  first.focus({ preventScroll: true });
}
