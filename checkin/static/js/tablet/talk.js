// 'I want to talk': whom, under which symbol, and was it seen? Loaded when the cards work, and only
// where staff have filled it in. It never learns what was tapped before, nor tells what it sends.
import { layTable } from "./cards.js";
import { now } from "./clock.js";
import { IDLE_MS } from "./idle.js";
import { show, shown } from "./screens.js";
import { add, post, startSending, waitsHere } from "./talk-queue.js";
import { told } from "./told.js";
import { showTimeLeft } from "./undo.js";

const CACHE = "checkin-talk";
const ADDRESS = "/tablet/talks";
const ENDING_MS = 1200; // as after a card
const ANSWER_MS = 5000;
const AGAIN_MS = 30_000;
const main = document.querySelector("main");
const find = (name) => main.querySelector(`[data-screen="talk-${name}"]`);
let zone;
let wish = null; // what is being chosen
let timer; // of the wish in hand, or of a screen that passes by itself
let isAsking = false;

// What the server told last also opens without network.
async function fetchScreens() {
  const kept = await globalThis.caches?.open(CACHE).catch(() => undefined);
  try {
    const answer = await fetch(ADDRESS, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (!answer.ok) throw new Error("not now");
    await kept?.put(ADDRESS, answer.clone());
    return await answer.json();
  } catch (trouble) {
    const last = await kept?.match(ADDRESS);
    if (!last) throw trouble;
    return last.json();
  }
}

async function begin() {
  const { screens, zone: its } = await fetchScreens();
  if (!screens) return;
  zone = its;
  main.querySelector('[data-screen="turned"]').insertAdjacentHTML("beforebegin", screens); // 'back' lies over them
  for (const button of document.querySelectorAll(".need")) button.disabled = false;
  speak();
  startSending();
}

const beginLater = () => begin().catch(() => setTimeout(beginLater, AGAIN_MS));

const isHere = () => shown().startsWith("talk-");

function leave() {
  clearTimeout(timer);
  wish = null;
  isAsking = false;
  layTable();
  for (const its of ["whom", "answer"]) reveal(its, ""); // nothing is left of it
  find("symbols").dataset.mode = "ask";
}

// The home word of whoever is here now.
function speak() {
  const code = document.querySelector('[data-language][aria-pressed="true"]')?.dataset.language;
  for (const word of main.querySelectorAll("[data-talk-word]")) {
    word.hidden = (word.dataset.talkWord || word.lang) !== (code ?? "nl");
  }
}

function open(name) {
  clearTimeout(timer);
  speak();
  show(`talk-${name}`);
}

function reveal(its, value) {
  for (const one of main.querySelectorAll(`[data-${its}]`)) one.hidden = one.dataset[its] !== String(value);
}

function askSymbol(mode, whom) {
  reveal("whom", whom);
  find("symbols").dataset.mode = mode;
  open("symbols");
}

// The way back is the cards' own, and as long.
function turn() {
  const since = Date.now();
  const mine = wish;
  const length = told.undo * 1000;
  timer = setTimeout(() => {
    if (shown() !== "turned" || wish !== mine) return;
    if (Date.now() - since > length + IDLE_MS) return leave(); // the tablet fell asleep on it
    wish = null;
    add(mine);
    open("sent");
    timer = setTimeout(leave, ENDING_MS);
  }, length);
  showTimeLeft(length);
  show("turned");
}

// One symbol, one picture, never a list; without network it is the same for every symbol but one
// whose wish is still on this tablet.
async function look(symbol) {
  if (isAsking) return;
  isAsking = true;
  let answer = "later";
  try {
    const { status, told: its } = await post(`${ADDRESS}/answer`, { symbol });
    if (status === 200) answer = its.answer;
  } catch {
    // No network.
  }
  if (answer !== "come" && (await waitsHere(symbol))) answer = "waits";
  if (!isAsking || shown() !== "talk-symbols") return;
  isAsking = false;
  reveal("answer", answer);
  open("answer");
  timer = setTimeout(leave, ANSWER_MS);
}

const today = () => new Date(now()).toLocaleDateString("sv-SE", { timeZone: zone });

addEventListener("choose", ({ target }) => {
  const { choose, value } = target.dataset;
  if (choose === "need") {
    if (isHere()) return leave();
    const pain = main.querySelector("[data-pain]");
    if (target.dataset.need !== "pain") return open("adults");
    wish = { day: today(), kind: "pain", adult: Number(pain.dataset.pain) };
    askSymbol("ask", "pain");
  } else if (choose === "talk-adult" && shown() === "talk-adults") {
    wish = { day: today(), kind: "talk", adult: Number(value) };
    askSymbol("ask", value);
  } else if (choose === "talk-look") askSymbol("look", "look");
  else if (choose === "talk-symbol" && shown() === "talk-symbols") {
    if (!wish) return look(value);
    wish.symbol = value;
    turn();
  } else if (choose === "talk-back") leave();
  else if (choose === "undo" || choose === "round") isHere() || wish ? leave() : null;
  else if (choose === "language" && isHere()) open(shown().slice(5));
});
addEventListener("idle", () => isHere() && leave());
addEventListener("pageshow", (event) => event.persisted && leave());
addEventListener("stranger", () => globalThis.caches?.delete(CACHE));

beginLater();
