// The first lesson, a step at a time: by button, arrow key or dot; Escape leaves. The step stands in
// the address, so that trying the cards comes back to it.
import "./lesson-sound.js";

const steps = [...document.querySelectorAll("[data-step]")];
const dots = document.querySelector("[data-dots]");
const count = document.querySelector("[data-count]");
const [back, next] = document.querySelectorAll("[data-go]");
const way = document.querySelector("[data-leave]");
let current = 0;

for (const step of steps) dots.append(Object.assign(document.createElement("span"), { className: "dot", title: step.ariaLabel ?? "" }));

function show(place, focus = true) {
  current = Math.min(Math.max(place, 0), steps.length - 1);
  for (const [n, step] of steps.entries()) step.hidden = n !== current;
  for (const [n, dot] of [...dots.children].entries()) dot.classList.toggle("is-done", n <= current);
  count.textContent = `${current + 1} / ${steps.length}`;
  back.disabled = current === 0;
  next.disabled = current === steps.length - 1;
  history.replaceState(null, "", `#${steps[current].dataset.step}`);
  dispatchEvent(new Event("step"));
  if (focus) steps[current].focus({ preventScroll: true });
  steps[current].scrollTop = 0;
}

const placeInAddress = () => steps.findIndex((step) => `#${step.dataset.step}` === location.hash);

document.querySelector(".lesson-ways").addEventListener("click", ({ target }) => {
  const button = target.closest("[data-go]");
  if (button) show(current + Number(button.dataset.go));
});
dots.addEventListener("click", ({ target }) => target !== dots && show([...dots.children].indexOf(target)));

const KEYS = {
  ArrowRight: () => show(current + 1),
  PageDown: () => show(current + 1),
  ArrowLeft: () => show(current - 1),
  PageUp: () => show(current - 1),
  Home: () => show(0),
  End: () => show(steps.length - 1),
  Escape: () => location.assign(way.href),
};
addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || !KEYS[event.key]) return;
  event.preventDefault();
  KEYS[event.key]();
});
addEventListener("hashchange", () => show(placeInAddress()));

show(placeInAddress(), false);
