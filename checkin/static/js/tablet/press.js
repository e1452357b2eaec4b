// A tap on anything with data-choose: pressed in on the way down, chosen on the way up.
// `click` alone will not do: a touch that slides 25 px, as small children's do, yields none.
import { accepts } from "./guard.js";

const SLACK = 24; // px that a finger may have slid off
let held = null; // { button, pointer }

const chooseable = (target) => target.closest?.("[data-choose]:not(:disabled)");

function isOn(button, event) {
  const box = button.getBoundingClientRect();
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
  held = { button, pointer: event.pointerId };
  button.classList.add("is-pressed");
});

addEventListener("pointermove", (event) => {
  if (event.pointerId === held?.pointer) held.button.classList.toggle("is-pressed", isOn(held.button, event));
});

addEventListener("pointerup", (event) => {
  if (event.pointerId !== held?.pointer) return;
  const { button } = held;
  letGo();
  if (isOn(button, event) && accepts()) choose(button);
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

// No focus left on what was tapped, no menu, no selection, nothing to drag.
addEventListener("mousedown", (event) => chooseable(event.target) && event.preventDefault());
for (const kind of ["contextmenu", "selectstart", "dragstart", "gesturestart"]) {
  addEventListener(kind, (event) => event.preventDefault());
}
