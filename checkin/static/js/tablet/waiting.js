// How many taps wait on this tablet: a picture and a number, only when there are any. And a small
// grown-up where they wait in memory only (plain http): staff read on their page what that means.
import { countWaiting, isInMemory, whereKept } from "./queue.js";

const sign = document.querySelector("[data-waiting]");

export async function showWaiting() {
  const count = await countWaiting();
  sign.hidden = count === 0;
  sign.querySelector("[data-count]").textContent = count;
}

async function showGrownUp() {
  if ((await whereKept()) === "disk" || document.querySelector("[data-in-memory]")) return;
  const mark = document.createElement("p");
  mark.className = "waiting is-in-memory";
  mark.dataset.inMemory = "";
  mark.ariaHidden = "true";
  const grownUp = document.querySelector('[data-screen="stranger"] :is(svg, img)').cloneNode(true);
  for (const side of ["width", "height"]) grownUp.setAttribute(side, "36");
  mark.append(grownUp, "!");
  document.body.append(mark);
}

showGrownUp();
addEventListener("flushed", showGrownUp);
// Taps in memory are lost with the page: whoever closes it is asked first.
addEventListener("beforeunload", (event) => isInMemory() && event.preventDefault());
addEventListener("flushed", showWaiting);
addEventListener("offline", showWaiting);
