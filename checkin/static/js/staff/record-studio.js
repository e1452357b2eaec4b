// The studio: one word, recorded or taken from a file, cut, heard again, kept.
import { hush, say } from "../tablet/voice.js";
import { cut, kept } from "./record-cut.js";
import { record, whyItCannot } from "./record-microphone.js";
import { RATE, decode, findWord, toWav } from "./record-sound.js";

const list = document.querySelector("[data-sounds]");
const studio = document.querySelector("[data-studio]");
const longest = Number(list.dataset.longest);
const find = (name) => studio.querySelector(`[data-${name}]`);
let row; // the word it is about
let stop = () => {}; // ends the recording that goes on
let visit = 0; // what was begun for an earlier word comes too late
let hasSound = false;
let hasKept = false;

export const canOpen = Boolean(studio.showModal && globalThis.OfflineAudioContext);

export function open(its) {
  row = its;
  visit += 1;
  hasSound = false;
  const dutch = row.querySelector(".sound-dutch");
  find("picture").src = row.querySelector("img").src;
  find("says").textContent = row.querySelector("[data-text]").textContent;
  find("dutch").textContent = dutch?.textContent ?? "";
  find("start").hidden = Boolean(whyItCannot());
  find("again").hidden = find("start").hidden;
  find("next").hidden = !row.nextElementSibling;
  show("ready");
  if (!studio.open) studio.showModal();
}

function show(part, why = "", told = "") {
  for (const one of studio.querySelectorAll("[data-part]")) one.hidden = one.dataset.part !== part;
  find("problem").hidden = !why;
  for (const one of find("problem").children) one.hidden = one.dataset.why !== why;
  if (told) studio.querySelector('[data-why="told"]').textContent = told;
  const first = studio.querySelector(`[data-part="${part}"] button:not([hidden])`);
  if (studio.open) first?.focus();
}

async function take(getBlob) {
  const mine = visit;
  try {
    const blob = await getBlob();
    if (visit !== mine) return;
    show("working");
    const samples = await decode(blob);
    if (visit !== mine) return;
    cut(samples, findWord(samples, longest * RATE), longest * RATE);
    hasSound = true;
    show("cutting");
  } catch ({ message }) {
    // What was recorded before is still there.
    if (visit === mine) show(hasSound ? "cutting" : "ready", message);
  }
}

const recordWord = () => take(() => record(longest, begun)).finally(() => (stop = () => {}));

function begun(stopIt) {
  const since = performance.now();
  const mine = visit;
  stop = stopIt;
  if (!studio.open) return stop();
  show("recording");
  const tick = () => {
    find("time").value = (performance.now() - since) / (longest * 1000);
    if (visit === mine && !studio.querySelector('[data-part="recording"]').hidden) requestAnimationFrame(tick);
  };
  tick();
}

async function replay() {
  const url = URL.createObjectURL(toWav(kept()));
  await say({ url, language: "" });
  URL.revokeObjectURL(url);
}

async function keep() {
  const mine = visit;
  const form = new FormData();
  form.append("word", row.dataset.word);
  form.append("sound", toWav(kept()), "word.wav");
  show("working");
  const headers = { Accept: "application/json" };
  const answer = await fetch(list.dataset.address, { method: "POST", headers, body: form }).catch(() => null);
  const { address, error } = (await answer?.json().catch(() => null)) ?? {};
  if (visit !== mine) return;
  if (answer?.status === 401) return show("cutting", "signed-out");
  if (!answer || (!address && !error)) return show("cutting", "unsent");
  if (error) return show("cutting", "told", error);
  row.querySelector("[data-hear]").dataset.sound = address;
  hasKept = true;
  show("kept");
}

find("start").addEventListener("click", recordWord);
find("again").addEventListener("click", recordWord);
find("stop").addEventListener("click", () => stop());
find("replay").addEventListener("click", replay);
find("keep").addEventListener("click", keep);
find("next").addEventListener("click", () => open(row.nextElementSibling));
find("close").addEventListener("click", () => studio.close());
find("file").addEventListener("change", ({ target }) => {
  const [file] = target.files;
  target.value = ""; // the same file may be taken again
  if (file) take(async () => file);
});
for (const handle of ["from", "to"]) find(handle).addEventListener("input", hush);
studio.addEventListener("close", () => {
  visit += 1;
  stop();
  hush();
  if (hasKept) location.reload(); // the page then says what is recorded
});
