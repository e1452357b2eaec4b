// Half a minute to breathe, for a child that asked for rest; one tap ends it. It begins after the
// ending, which is everybody's, when the choice has left the hand: nothing here is kept or sent.
import { show, shown } from "./screens.js";
import { told } from "./told.js";

const BREATHING_MS = 30_000; // three breaths of the picture
let timer;
let next;

export const isWish = (choice) => choice.helps === told.breathing;

export function breathe(then) {
  next = then;
  clearTimeout(timer);
  timer = setTimeout(stop, BREATHING_MS);
  show("breathing");
}

function stop() {
  clearTimeout(timer);
  if (shown() === "breathing") next();
}

addEventListener("choose", ({ target }) => target.dataset.choose === "breathed" && stop());
