// A tap on anything with data-choose: pressed in on the way down, chosen on the way up.
// `click` alone will not do: a touch that slides 25 px, as small children's do, yields none.
import { accepts, isEcho } from "./guard.js";

const SLACK = 24; // px that a finger may have slid off
let held = null; // { button, pointer, box }; the box as it was before it went in

const chooseable = (target) => target.closest?.("[data-choose]:not(:disabled)");

function isOn(box, event) {
  return (
    event.clientX >= box.left - SLACK && event.clientX <= box.right + SLACK &&
    event.clientY >= box.top - SLACK && event.clientY <= box.bottom + SLACK
  );
}

export function letGo() {
  held?.button.classList.remove("is-pressed");
  held = null;
}

function choose(button) {
  button.dispatchEvent(new CustomEvent("choose", { bubbles: true }));
}

addEventListener("pointerdown", (event) => {
  const button = chooseable(event.target);
  if (!button || held || !event.isPrimary || event.button !== 0 || !accepts()) return;
  if (button.dataset.choose === "undo" && isEcho(event)) return;
  held = { button, pointer: event.pointerId, box: button.getBoundingClientRect() };
  button.classList.add("is-pressed");
});

addEventListener("pointermove", (event) => {
  if (event.pointerId === held?.pointer) held.button.classList.toggle("is-pressed", isOn(held.box, event));
});

addEventListener("pointerup", (event) => {
  if (event.pointerId !== held?.pointer) return;
  const { button, box } = held;
  letGo();
  if (isOn(box, event) && accepts()) choose(button);
});

addEventListener("pointercancel", (event) => {
  if (event.pointerId === held?.pointer) letGo();
});
addEventListener("blur", letGo);
document.addEventListener("visibilitychange", letGo);

// Keyboards, switches and screen readers click without a pointer.
addEventListener("click", (event) => {
  const button = chooseable(event.target);
  if (button && event.detail === 0 && accepts()) choose(button);
});

// No finger moves the focus: where it is must not tell where somebody tapped.
addEventListener("mousedown", (event) => event.target.closest?.("a") || event.preventDefault());
// No menu, no selection, nothing to drag.
for (const kind of ["contextmenu", "selectstart", "dragstart", "gesturestart"]) {
  addEventListener(kind, (event) => event.preventDefault());
}
