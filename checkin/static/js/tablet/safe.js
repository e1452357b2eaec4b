// What waits on the tablet is kept under lock, in a database whose key never leaves the browser.
const text = (bytes) => new TextDecoder().decode(bytes);
const bytes = (value) => new TextEncoder().encode(JSON.stringify(value));

export const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

export const newKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

// Returns what opens a database of stores, once for all who ask: { database, key }. Fails where
// there is no safe place (plain http, no IndexedDB).
export function safe(name, ...stores) {
  let opening = null;
  async function openIt() {
    if (!globalThis.crypto?.subtle) throw new Error("no safe place");
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      for (const store of stores) request.result.createObjectStore(store, { keyPath: "key" });
      request.result.createObjectStore("keys");
    };
    const database = await done(request);
    database.onclose = database.onversionchange = () => {
      database.close();
      opening = null;
    };
    return { database, key: await findKey(database, stores[0]) };
  }
  return () => {
    opening ??= openIt();
    opening.catch(() => (opening = null));
    return opening;
  };
}

async function findKey(database, name) {
  const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const store = database.transaction("keys", "readwrite").objectStore("keys");
  const known = await done(store.get(name));
  if (known) return known;
  await done(store.put(made, name));
  return made;
}

export async function lock(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, box: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes(value)) };
}

export async function unlock(key, { iv, box }) {
  return JSON.parse(text(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, box)));
}
