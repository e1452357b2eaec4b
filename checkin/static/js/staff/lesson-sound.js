// The words of a card, said one after the other; a new tap or step ends what sounds.
import { hush, say } from "../tablet/voice.js";

let turn = 0; // whose turn it is to speak: a later tap takes it over

const spokenOf = (element) => ({
  text: element.dataset.say,
  url: element.dataset.sound,
  language: element.lang,
});

async function sayAll(elements) {
  const mine = ++turn;
  for (const element of elements) {
    if (mine !== turn) return;
    element.classList.add("is-spoken");
    await say(spokenOf(element));
    element.classList.remove("is-spoken");
  }
}

addEventListener("click", ({ target }) => {
  const one = target.closest("button[data-say]");
  const all = target.closest("[data-say-all]");
  if (one) sayAll([one]);
  else if (all) sayAll([...(all.closest(".big") ?? all).querySelectorAll("[data-say]")]);
});
addEventListener("step", () => {
  turn += 1;
  hush();
});
