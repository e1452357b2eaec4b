// Taps that wait belong to the old enrolment: they are sent, or given up by staff, before a new one.
import { forgetPages } from "./offline.js";
import { asideByReason, countWaiting, giveUp } from "./queue.js";

const find = (name) => document.querySelector(`[data-${name}]`);
const form = find("enrolment");
const heldBack = find("held-back");
const sure = find("sure");
const aside = find("set-aside");

async function look() {
  const waiting = await countWaiting();
  for (const count of heldBack.querySelectorAll("[data-count]")) count.textContent = waiting;
  heldBack.hidden = waiting === 0;
  form.inert = waiting > 0;
  form.classList.toggle("is-held-back", waiting > 0);
  return waiting;
}

// Giving up cannot be undone: it takes a second press, and the first lands on the safe answer.
function ask(isAsked) {
  sure.hidden = !isAsked;
  find("give-up").setAttribute("aria-expanded", String(isAsked));
  (isAsked ? find("keep") : find("give-up")).focus();
}

find("give-up").addEventListener("click", () => ask(sure.hidden));
find("keep").addEventListener("click", () => ask(false));
sure.addEventListener("keydown", ({ key }) => key === "Escape" && ask(false));

find("give-up-now").addEventListener("click", async () => {
  await giveUp();
  sure.hidden = true;
  await look();
  find("code").focus();
});

// Codes are read out and copied from paper: spaces, dashes and small letters do no harm.
find("code").addEventListener("input", ({ target }) => {
  target.value = target.value.toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, 8);
});

// Looked at once more: another tab may have put a tap in the queue.
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if ((await look()) > 0) return;
  // Keeps the queue through holidays; staff are there to answer if the browser asks.
  navigator.storage?.persist?.().catch(() => {});
  await forgetPages();
  form.submit();
});

// Each reason has its line; one that no line knows is told as it is.
async function showAside() {
  for (const [reason, count] of await asideByReason()) {
    const lines = [...aside.querySelectorAll("[data-reason]")];
    const line = lines.find(({ dataset }) => reason.startsWith(dataset.reason));
    line.querySelector("[data-count]").textContent = Number(line.querySelector("[data-count]").textContent) + count;
    line.hidden = aside.hidden = false;
  }
}

look();
showAside();
