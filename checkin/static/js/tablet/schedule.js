// Which round it is: by the server's clock and the rounds it told of, also without network.
import { now, setClock } from "./clock.js";
import { told } from "./told.js";

const POLL_MS = 30_000;
const PATIENCE_MS = 10_000;
const bar = document.querySelector("[data-rounds]");
let rounds = told.rounds;
let picked = null;

setClock(told.now);

export function openRounds() {
  const instant = now();
  return rounds.filter((held) => held.opens <= instant && instant < held.closes && !held.sealed);
}

// The earlier one, unless somebody picked the other while both are open.
export function currentRound() {
  const open = openRounds();
  return open.find((held) => held.round === picked) ?? open[0] ?? null;
}

export function showRounds() {
  const open = openRounds();
  const current = currentRound();
  for (const button of bar.children) {
    button.hidden = !open.some((held) => held.round === button.dataset.round);
    button.disabled = open.length < 2;
    button.setAttribute("aria-pressed", String(button.dataset.round === current?.round));
  }
  document.body.dataset.round = current?.round ?? "";
}

addEventListener("choose", (event) => {
  if (event.target.dataset.choose !== "round") return;
  picked = event.target.dataset.round;
  showRounds();
});

// Not a portal's or a proxy's, as school networks have them.
const isOurs = (answer) => answer.headers.get("Content-Type")?.startsWith("application/json");

async function poll() {
  const asked = performance.now();
  try {
    const answer = await fetch("/tablet/today", {
      headers: { Accept: "application/json" },
      cache: "no-store",
      signal: AbortSignal.timeout?.(PATIENCE_MS),
    });
    if (answer.ok) {
      const today = await answer.json();
      setClock(today.now, performance.now() - asked);
      rounds = today.rounds;
      dispatchEvent(new CustomEvent("today", { detail: { isCurrent: today.config === told.config } }));
    } else if (answer.status === 401 && isOurs(answer)) {
      dispatchEvent(new Event("stranger"));
    }
  } catch {
    // No network: the rounds told last still hold.
  }
}

export function startPolling() {
  poll();
  setInterval(poll, POLL_MS);
  addEventListener("online", poll);
  addEventListener("pageshow", (event) => event.persisted && poll());
  document.addEventListener("visibilitychange", () => document.hidden || poll());
}
