// The home word under the pictures, in the language the child picks. Where many languages are
// offered, or the screen is small, one button lays them out and the first tap picks.
import { screenChanged } from "./guard.js";

const group = document.querySelector("[data-languages]");
const opener = document.querySelector('[data-choose="languages"]');
const buttons = [...document.querySelectorAll("[data-language]")];
const words = [...document.querySelectorAll("[data-word]")];
const main = document.querySelector("main");

const isOpen = () => group?.classList.contains("is-open");

function speak(chosen) {
  for (const button of buttons) button.setAttribute("aria-pressed", String(button === chosen));
  for (const word of words) word.hidden = word.lang !== chosen.dataset.language;
  main.dataset.direction = chosen.dataset.direction; // arrows turn with the script, faces do not
  const spoken = opener.querySelector("span");
  Object.assign(spoken, { textContent: chosen.textContent, lang: chosen.lang, dir: chosen.dir });
}

function layOut(open) {
  if (open === isOpen()) return;
  const byKey = document.activeElement === opener || group.contains(document.activeElement);
  group.classList.toggle("is-open", open);
  opener.setAttribute("aria-expanded", String(open));
  main.inert = open;
  screenChanged();
  // A finger moves no focus; who came by the keyboard goes on from there.
  if (byKey) (open ? buttons.find((button) => button.ariaPressed === "true") : opener).focus();
}

// The class's own first language comes back when nobody is there.
export function reset() {
  if (!group) return;
  layOut(false);
  speak(buttons[0]);
}

addEventListener("choose", ({ target }) => {
  if (target.dataset.choose === "languages") layOut(true);
  if (target.dataset.choose !== "language") return;
  layOut(false);
  speak(target);
});
addEventListener("keydown", (event) => event.key === "Escape" && isOpen() && layOut(false));
addEventListener("idle", reset);
