// Taps that wait on the tablet are kept under lock: a key that never leaves the browser.
const text = (bytes) => new TextDecoder().decode(bytes);
const bytes = (value) => new TextEncoder().encode(JSON.stringify(value));

export const makeKey = () =>
  crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);

export async function lock(key, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { iv, box: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes(value)) };
}

export async function unlock(key, { iv, box }) {
  return JSON.parse(text(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, box)));
}
