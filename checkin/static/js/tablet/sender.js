// Sends what waits, one flush at a time, and believes nothing but an acknowledgement.
import { whatIsDownloaded } from "./offline.js";
import { entries, REFUSED, remove, setAside, tryRefusedAgain, whereKept } from "./queue.js";
import { told } from "./told.js";

const MOST = 200; // taps in one batch
const EVERY_MS = 30_000;
const PATIENCE_MS = 15_000;
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
const TAKEN = new Set(["stored", "known", "late"]);
const TRANSIENT = new Set([408, 425, 429]);

let flushing = null;
let again = false;
let failures = 0;
let notBefore = 0;
let retry;
let heldBack = () => 0; // how many choices are not in the queue yet

export function flush() {
  again = true;
  flushing ??= run().finally(() => (flushing = null));
  return flushing;
}

async function run() {
  while (again) {
    again = false;
    // Two tabs of one browser share a queue: one of them flushes.
    const locks = navigator.locks;
    if (performance.now() >= notBefore) await (locks ? locks.request("checkin-flush", sendAll) : sendAll());
    dispatchEvent(new Event("flushed"));
  }
}

async function sendAll() {
  try {
    await setStrangersAside();
    let most = MOST;
    let left;
    do {
      const unsure = heldBack(); // asked first: a choice moves from there to the queue
      const mine = await entries();
      const batch = mine.slice(0, most);
      left = mine.length - batch.length;
      most = await sendBatch(batch, left + unsure, most);
    } while (left > 0 || most === 1);
    failures = 0;
  } catch (trouble) {
    pause(trouble.seconds);
  }
}

// An entry belongs to the enrolment it was tapped under; another classroom must not get it.
async function setStrangersAside() {
  for (const entry of await entries()) {
    if (!entry.tap) await setAside(entry.key, "cannot be read any more");
    else if (entry.tablet !== told.tablet) await setAside(entry.key, "another enrolment");
  }
}

// Returns how many taps to send next time: one by one when something in the batch is wrong.
async function sendBatch(batch, waiting, most) {
  const taps = batch.map(({ key, tap }) => ({ key, ...tap }));
  const about = { waiting, downloaded: whatIsDownloaded(), kept: await whereKept() };
  const answer = await post({ taps, ...about });
  if (answer.status === 200) {
    await sort((await answer.json()).results, batch);
    return batch.length > 0 ? most : MOST;
  }
  // Whoever else speaks on a school's network, a portal or a proxy, has no say over taps.
  const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
  if (answer.status === 401 && isOurs) {
    dispatchEvent(new Event("stranger"));
    throw new Error("this tablet is not known");
  }
  if (!isOurs || answer.status < 400 || answer.status >= 500 || TRANSIENT.has(answer.status)) {
    throw Object.assign(new Error("not now"), { seconds: Number(answer.headers.get("Retry-After")) });
  }
  if (batch.length > 1) return 1;
  for (const { key } of batch) await setAside(key, REFUSED + answer.status);
  return batch.length > 0 ? most : MOST;
}

const post = (body) =>
  fetch("/tablet/taps", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
    cache: "no-store",
    redirect: "error",
    signal: AbortSignal.timeout?.(PATIENCE_MS),
  });

async function sort(results, batch) {
  const sent = new Set(batch.map(({ key }) => key));
  const answered = results.filter(({ key }) => sent.has(key));
  await remove(answered.filter(({ status }) => TAKEN.has(status)).map(({ key }) => key));
  for (const { key, status, reason } of answered) {
    if (status === "refused") await setAside(key, reason ?? status);
  }
  const settled = answered.filter(({ status }) => TAKEN.has(status) || status === "refused");
  if (settled.length < batch.length) throw new Error("the answer leaves taps out");
}

function pause(seconds) {
  const wait = seconds > 0 ? seconds * 1000 : FIRST_PAUSE_MS * 2 ** failures;
  failures = Math.min(failures + 1, 10);
  notBefore = performance.now() + Math.min(wait, LONGEST_PAUSE_MS);
  clearTimeout(retry);
  retry = setTimeout(flush, notBefore - performance.now() + 50);
}

function flushAtOnce() {
  notBefore = 0;
  flush();
}

export function startSending(countHeldBack) {
  heldBack = countHeldBack;
  tryRefusedAgain().catch(() => {}).then(flush); // without a disk there is nothing to try again
  setInterval(flush, EVERY_MS);
  addEventListener("online", flushAtOnce);
  addEventListener("pageshow", (event) => event.persisted && flushAtOnce());
  document.addEventListener("visibilitychange", () => document.hidden || flushAtOnce());
}
