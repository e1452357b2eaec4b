// The words of a language: each can be heard as a tablet would say it, and recorded.
import { say } from "../tablet/voice.js";
import { whyItCannot } from "./record-microphone.js";
import { canOpen, open } from "./record-studio.js";

const cannot = document.querySelector("[data-cannot]");
const why = whyItCannot();
let latest = null;

cannot.hidden = !why;
for (const one of cannot.children) one.hidden = one.dataset.why !== why;
// The studio reads every kind of sound file; the plain form is for browsers that have none.
document.querySelector("[data-file-section]").hidden = canOpen;

for (const row of document.querySelectorAll("[data-word]")) {
  const text = row.querySelector("[data-text]");
  const hear = row.querySelector("[data-hear]");
  const silent = row.querySelector("[data-silent]");
  const button = row.querySelector("[data-record]");
  hear.hidden = false;
  button.hidden = !canOpen;
  button.addEventListener("click", () => open(row));
  hear.addEventListener("click", async () => {
    silent.hidden = true;
    const word = { url: hear.dataset.sound, text: text.textContent, language: text.lang };
    const mine = (latest = {});
    const sounded = await say(word);
    if (latest === mine) silent.hidden = sounded; // else another word was asked for
  });
}
