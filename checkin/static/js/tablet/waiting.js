// How many taps wait on this tablet: a picture and a number, only when there are any.
import { countWaiting } from "./queue.js";

const sign = document.querySelector("[data-waiting]");

export async function showWaiting() {
  const count = await countWaiting();
  sign.hidden = count === 0;
  sign.querySelector("[data-count]").textContent = count;
}

addEventListener("flushed", showWaiting);
addEventListener("offline", showWaiting);
