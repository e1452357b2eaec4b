// The pupil's screen to rehearse with: the same touch, turning and taking back, and then nothing.
// No module here knows a queue, a network or a disk; what was chosen is not even handed on.
import { breathe } from "../tablet/breathing.js";
import "../tablet/language.js";
import "../tablet/listen.js";
import "../tablet/press.js";
import { show, shown } from "../tablet/screens.js";
import { told } from "../tablet/told.js";
import { hold, showTimeLeft, takeBack } from "../tablet/undo.js";

const ASKING_MS = 10_000;
const UNDO_MS = told.undo * 1000;
const ENDING_MS = 1200;
const way = document.querySelector("[data-leave]");

const layTable = () => show("cards");

function turn(choice) {
  if (!choice) return layTable();
  hold(choice, UNDO_MS, end);
  showTimeLeft(UNDO_MS);
  show("turned");
}

function end(choice) {
  if (!choice) return layTable();
  show("heard");
  setTimeout(choice.wantsRest ? () => breathe(layTable) : layTable, ENDING_MS);
}

addEventListener("choose", ({ target }) => {
  const { choose, helps } = target.dataset;
  if (choose === "card" && shown() === "cards") {
    if (!told.coping) return turn({});
    hold({}, ASKING_MS, turn);
    show("coping");
  } else if (choose === "help" && shown() === "coping") {
    takeBack();
    turn({ wantsRest: Number(helps) === told.breathing });
  } else if (choose === "undo" && shown() === "turned") {
    takeBack();
    layTable();
  }
});

addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  takeBack();
  layTable();
});
addEventListener("keydown", ({ key }) => key === "Escape" && location.assign(way.href));
