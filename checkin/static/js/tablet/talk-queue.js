// Wishes to talk that are on their way. Taps know nothing of them: another database, another key,
// another request, one wish in each. A wish leaves 5 to 60 s after it was made or after the last
// try, drawn anew each time, whatever the taps do: neither order nor time ties the two together.
import { done, lock, newKey, safe, unlock } from "./safe.js";
import { told } from "./told.js";

const SOONEST_MS = 5_000;
const LATEST_MS = 60_000;
const PATIENCE_MS = 15_000;
const LENGTH = 160; // every locked wish is as long
const memory = new Map(); // where there is no safe place (plain http)
const open = safe("checkin-talk", "wishes");
let timer = null;

const wishes = async (mode) => {
  const { database } = await open();
  return database.transaction("wishes", mode, { durability: "strict" }).objectStore("wishes");
};

export async function add(wish) {
  const entry = { key: newKey(), tablet: told.tablet };
  try {
    const padded = { ...wish, pad: "" };
    padded.pad = " ".repeat(Math.max(0, LENGTH - JSON.stringify(padded).length));
    const locked = await lock((await open()).key, padded);
    await done((await wishes("readwrite")).put({ ...entry, ...locked }));
  } catch {
    memory.set(entry.key, { ...entry, wish });
  }
  plan();
}

// Another enrolment is another class: its wishes, and what cannot be unlocked any more, go.
async function entries() {
  const kept = await wishes("readonly").then((store) => done(store.getAll()), () => []);
  const found = [...memory.values()];
  for (const entry of kept) {
    const wish = await unlock((await open()).key, entry).catch(() => null);
    if (wish && entry.tablet === told.tablet) found.push({ key: entry.key, wish });
    else await remove(entry.key);
  }
  return found;
}

async function remove(key) {
  if (!memory.delete(key)) await done((await wishes("readwrite")).delete(key));
}

export const waitsHere = async (symbol) => (await entries()).some(({ wish }) => wish.symbol === symbol);

function plan() {
  const share = crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32;
  timer ??= setTimeout(sendOne, SOONEST_MS + share * (LATEST_MS - SOONEST_MS));
}

// Their keys are random: which of several goes first tells nothing.
async function sendOne() {
  timer = null;
  const [entry, ...others] = (await entries()).sort((a, b) => (a.key < b.key ? -1 : 1));
  if (!entry) return;
  const { day, kind, adult, symbol } = entry.wish;
  const isOver = await post("/tablet/talks", { key: entry.key, day, kind, adult, symbol }).then(
    ({ status, isOurs }) => status === 200 || (isOurs && status === 400),
    () => false,
  );
  if (isOver) await remove(entry.key);
  if (!isOver || others.length > 0) plan();
}

export async function post(address, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout?.(PATIENCE_MS),
  });
  const isOurs = Boolean(answer.headers.get("Content-Type")?.startsWith("application/json"));
  return { status: answer.status, isOurs, told: isOurs ? await answer.json() : {} };
}

export const startSending = async () => (await entries()).length > 0 && plan();
