// Taps that wait belong to the old enrolment: they are sent, or given up by staff, before a new one.
import { forgetPages } from "./offline.js";
import { countAside, countWaiting, giveUp } from "./queue.js";

const form = document.querySelector("[data-enrolment]");
const heldBack = document.querySelector("[data-held-back]");
const aside = document.querySelector("[data-set-aside]");

async function look() {
  const waiting = await countWaiting();
  heldBack.querySelector("[data-count]").textContent = waiting;
  heldBack.hidden = waiting === 0;
  form.inert = waiting > 0;
  form.classList.toggle("is-held-back", waiting > 0);
  const refused = await countAside();
  aside.querySelector("[data-count]").textContent = refused;
  aside.hidden = refused === 0;
}

heldBack.querySelector("[data-give-up]").addEventListener("click", async () => {
  await giveUp();
  await look();
  form.querySelector("[data-code]").focus();
});

// Codes are read out and copied from paper: spaces, dashes and small letters do no harm.
form.querySelector("[data-code]").addEventListener("input", ({ target }) => {
  target.value = target.value.toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, 8);
});

form.addEventListener("submit", (event) => {
  if (form.inert) return event.preventDefault();
  forgetPages();
  // Keeps the queue through holidays; staff are there to answer if the browser asks.
  navigator.storage?.persist?.();
});

look();
