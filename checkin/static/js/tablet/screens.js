// Which screen shows: cards, coping, turned, heard, breathing, asleep, stranger or one of a
// talk request.
import { screenChanged } from "./guard.js";
import { letGo } from "./press.js";

// Asked anew each time: the screens of a talk request come later.
const screens = () => [...document.querySelectorAll("[data-screen]")];
const find = (name) => screens().find((screen) => screen.dataset.screen === name);
let current = screens().find((screen) => !screen.hidden).dataset.screen;

export const shown = () => current;

export function show(name) {
  if (name === current) return;
  // While a choice can be taken back the cards stay on the table, turned: all alike.
  const turned = name === "turned" ? find(current) : null;
  current = name;
  letGo();
  screenChanged();
  for (const screen of screens()) {
    screen.hidden = screen.dataset.screen !== name && screen !== turned;
    screen.inert = screen === turned;
    screen.classList.toggle("is-turned", screen === turned);
  }
  const isTaken = ["coping", "turned", "heard", "breathing", "talk-sent", "talk-answer"].includes(name);
  for (const part of document.querySelector(".strip").children) {
    part.inert = isTaken && !(name === "coping" && part.matches(".listen")); // who chooses may listen
  }
  dispatchEvent(new Event("screen"));
  // The focus goes to the same place whatever was chosen.
  const first = turned ? find("turned").querySelector("button") : document.querySelector("main");
  first.focus({ preventScroll: true });
}
