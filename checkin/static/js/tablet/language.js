// The home word under the pictures, in the language the child picks.
const buttons = [...document.querySelectorAll("[data-language]")];
const words = [...document.querySelectorAll("[data-word]")];
const main = document.querySelector("main");

function speak(chosen) {
  for (const button of buttons) button.setAttribute("aria-pressed", String(button === chosen));
  for (const word of words) word.hidden = word.lang !== chosen.dataset.language;
  main.dataset.direction = chosen.dataset.direction; // arrows turn with the script, faces do not
}

// The class's own first language comes back when nobody is there.
export const reset = () => buttons.length && speak(buttons[0]);

addEventListener("choose", (event) => {
  if (event.target.dataset.choose === "language") speak(event.target);
});
addEventListener("idle", reset);
