// Keeps 'n of m have tapped' up to date; when a round changes its state, the page is loaded anew.
const EVERY = 10_000;
const today = document.querySelector("[data-today]");

function show(round) {
  const card = today.querySelector(`[data-round="${round.round}"]`);
  if (!card) return false;
  if (card.dataset.state !== round.state) return true;
  const words = card.querySelector("[data-tapped]");
  if (!words || words.textContent === round.text) return false;
  words.textContent = round.text;
  card.querySelector("[data-progress]").value = round.tapped;
  card.querySelector("[data-seal]")?.toggleAttribute("hidden", !round.tapped);
  return false;
}

async function look() {
  if (document.hidden) return;
  let answer;
  try {
    answer = await fetch(today.dataset.today, { headers: { Accept: "application/json" } });
  } catch {
    return; // no network just now; the next time will tell
  }
  if (!answer.ok) return;
  const { rounds } = await answer.json();
  const isOther = rounds.map(show).some(Boolean);
  // Not under somebody's hands: a button that has the focus is about to be pressed.
  if (isOther && !today.contains(document.activeElement)) location.reload();
}

if (today?.querySelector("[data-round]")) setInterval(look, EVERY);
