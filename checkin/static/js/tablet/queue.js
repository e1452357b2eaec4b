// The taps that the server has not acknowledged yet: in IndexedDB, one entry a tap, locked.
// Their keys are random, so their order tells nothing. Without IndexedDB or a safe place for its
// key (plain http) they wait in memory.
import { done, lock, newKey, safe, unlock } from "./safe.js";

export const REFUSED = "refused with ";
const memory = new Map(); // waiting
const refused = []; // set aside
const open = safe("checkin", "taps", "aside");

// Runs a job on stores and waits until it is on disk.
async function write(stores, job) {
  const { database } = await open();
  const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
  job(...stores.map((store) => transaction.objectStore(store)));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

const read = async (store, how) => {
  const { database } = await open();
  return done(database.transaction(store).objectStore(store)[how]());
};

export async function add(tablet, tap) {
  const key = newKey();
  try {
    const locked = await lock((await open()).key, tap);
    await write(["taps"], (taps) => taps.put({ key, tablet, ...locked }));
  } catch {
    memory.set(key, { key, tablet, tap });
  }
}

// Every waiting entry: { key, tablet, tap }; `tap` is missing when it cannot be unlocked any more.
export async function entries() {
  const kept = await read("taps", "getAll").catch(() => []);
  const opened = kept.map(async (entry) => {
    const tap = await unlock((await open()).key, entry).catch(() => undefined);
    return { key: entry.key, tablet: entry.tablet, tap };
  });
  return [...(await Promise.all(opened)), ...memory.values()];
}

export async function remove(keys) {
  const kept = keys.filter((key) => !memory.delete(key));
  if (kept.length > 0) await write(["taps"], (taps) => kept.forEach((key) => taps.delete(key)));
}

// What the server would not take is kept, with the reason, for staff.
export async function setAside(key, reason) {
  const entry = memory.get(key);
  if (entry) {
    refused.push({ ...entry, reason });
    memory.delete(key);
    return;
  }
  await write(["taps", "aside"], (taps, aside) => {
    taps.get(key).onsuccess = ({ target }) => {
      if (!target.result) return;
      aside.put({ ...target.result, reason });
      taps.delete(key);
    };
  });
}

const count = async (store) => read(store, "count").catch(() => 0);

export const countWaiting = async () => memory.size + (await count("taps"));
export const isInMemory = () => memory.size + refused.length > 0;

// "disk", or "memory" where there is no safe place for taps: those are lost with the page.
export const whereKept = async () =>
  isInMemory() ? "memory" : open().then(() => "disk", () => "memory");

// How many were set aside, by reason.
export async function asideByReason() {
  const counts = new Map();
  const kept = await read("aside", "getAll").catch(() => []);
  for (const { reason } of [...kept, ...refused]) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
}

// What a server refused may have been the server's own mistake: a new start asks it again.
export async function tryRefusedAgain() {
  await write(["taps", "aside"], (taps, aside) => {
    aside.getAll().onsuccess = ({ target }) => {
      for (const { reason, ...entry } of target.result) {
        if (!reason.startsWith(REFUSED)) continue;
        taps.put(entry);
        aside.delete(entry.key);
      }
    };
  });
}

// Staff decided that what waits will never be sent.
export const giveUp = () => write(["taps"], (taps) => taps.clear());
