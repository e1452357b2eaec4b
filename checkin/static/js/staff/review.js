// The review with the keyboard alone: j and k walk the items, a letter does what it stands beside.
import { letterOf } from "./review-keys.js";

const items = [...document.querySelectorAll("[data-item]")];
const FIELDS = "input, select, textarea";

function itemOf(element) {
  return element?.closest?.("[data-item]") ?? null;
}

function go(step) {
  const at = items.indexOf(itemOf(document.activeElement));
  const next = at < 0 && step < 0 ? items.length - 1 : at + step;
  items[Math.min(Math.max(next, 0), items.length - 1)]?.focus();
}

function open(details) {
  details.open = true;
  details.querySelector("input:checked, input[type=radio]")?.focus();
}

// What cannot be undone by the next key asks first: a letter is pressed easily by mistake.
function press(target) {
  if (target.dataset.asks && !confirm(target.dataset.asks)) return;
  if (target.matches("details")) open(target);
  else target.click();
}

// Within the choice of what is going to be done, its letters choose; elsewhere in a form one types.
function choose(letter) {
  const kinds = document.activeElement.closest("[data-kinds]");
  const choice = kinds?.querySelector(`[data-key="${letter}"]`);
  if (!choice) return false;
  choice.checked = true;
  choice.focus();
  return true;
}

function leaveForm(element) {
  const item = itemOf(element);
  const details = element.closest("details");
  if (details) details.open = false;
  (item ?? details?.querySelector("summary"))?.focus();
}

function act(letter) {
  if (letter === "j" || letter === "k") return go(letter === "j" ? 1 : -1) ?? true;
  const item = itemOf(document.activeElement);
  const target =
    item?.querySelector(`[data-key="${letter}"]:not(input)`) ??
    document.querySelector(`[data-page-key="${letter}"]`);
  if (target) press(target);
  return Boolean(target);
}

addEventListener("keydown", (event) => {
  const letter = letterOf(event);
  if (!letter) return;
  const isField = event.target.matches(FIELDS);
  if (letter === "escape" && event.target.closest("details")) leaveForm(event.target);
  else if (isField ? !choose(letter) : letter === "escape" || !act(letter)) return;
  event.preventDefault();
});

// After a decision one stands at the next item, as its address says.
const named = document.getElementById(location.hash.slice(1));
if (named?.matches("[data-item], [data-item-end]")) named.focus();
document.querySelector("[data-keys]")?.removeAttribute("hidden");
