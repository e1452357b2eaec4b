// From a tap on a card to fresh cards for the next child; the same way for every card.
import { breathe, isWish } from "./breathing.js";
import { add } from "./queue.js";
import { currentRound, showRounds } from "./schedule.js";
import { flush } from "./sender.js";
import { show, shown } from "./screens.js";
import { told } from "./told.js";
import { countPending, hold, showTimeLeft, takeBack } from "./undo.js";

const ASKING_MS = 10_000; // 'what helps me today' passes by itself
const UNDO_MS = told.undo * 1000;
const ENDING_MS = 1200; // with the turning of the cards under two seconds
let isStranger = false;
let ending;
let onTheirWay = 0; // choices that are being written to the queue

// What lies on the table when nobody's choice does.
export function layTable() {
  clearTimeout(ending);
  showRounds();
  if (isStranger) show("stranger");
  else show(currentRound() ? "cards" : "asleep");
}

export const isFree = () => ["cards", "asleep", "stranger"].includes(shown());

export const countHeldBack = () => countPending() + onTheirWay;

export function layTableIfFree() {
  if (isFree()) layTable();
}

// The server does not know this tablet any more: what waits is kept, and a grown-up is asked for.
export function becomeStranger() {
  isStranger = true;
  layTableIfFree();
}

// After every card alike, 'not today' included: that somebody is asked tells nothing. Before the
// cards turn: whoever tapped is still there, and one 'back' takes all of it back.
function askWhatHelps(choice) {
  hold(choice, ASKING_MS, turn);
  show("coping");
}

function turn(choice) {
  if (!choice) return layTable();
  hold(choice, UNDO_MS, keep);
  showTimeLeft(UNDO_MS);
  show("turned");
}

async function keep(choice) {
  if (!choice) return layTable();
  show("heard");
  ending = setTimeout(() => (isWish(choice) ? breathe(layTable) : layTable()), ENDING_MS);
  onTheirWay += 1;
  await add(told.tablet, choice).finally(() => (onTheirWay -= 1));
  flush();
}

addEventListener("choose", ({ target }) => {
  if (target.dataset.choose === "card" && shown() === "cards") {
    const { day, round } = currentRound() ?? {};
    if (!day) return layTable();
    const choice = { day, round, feeling: Number(target.dataset.feeling), helps: 0 };
    if (told.coping === round) askWhatHelps(choice);
    else turn(choice);
  } else if (target.dataset.choose === "help" && shown() === "coping") {
    const choice = takeBack();
    turn(choice && { ...choice, helps: Number(target.dataset.helps) });
  } else if (target.dataset.choose === "undo" && shown() === "turned") {
    takeBack();
    layTable();
  }
});

// Whoever listens is not hurried on.
addEventListener("listening", () => shown() === "coping" && askWhatHelps(takeBack()));

// A page brought back from the browser's memory shows nothing of what was.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  takeBack();
  layTable();
});
