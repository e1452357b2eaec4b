// The sounds of the words on this page, kept for when there is no network: fetched when nobody is
// there, so that no child waits for them. Those that are no longer on the page are dropped.
const SOUNDS = "checkin-sounds";
const PAUSE_MS = 5000; // a newer program takes over first, which it cannot while something is fetched

const sounding = () =>
  [...document.querySelectorAll("[data-sound]")].map(({ dataset }) => new URL(dataset.sound, location).href);

async function keepSounds() {
  if (!globalThis.caches) return; // plain http: they sound while there is network
  const missing = new Set(sounding());
  const cache = await caches.open(SOUNDS);
  for (const request of await cache.keys()) {
    if (!missing.delete(request.url)) await cache.delete(request);
  }
  // Not by way of the browser's own cache: a voice that is deleted must not stay there.
  for (const url of missing) {
    const answer = await fetch(url, { cache: "no-store" });
    if (answer.ok) await cache.put(url, answer);
  }
}

const keepLater = () => setTimeout(() => keepSounds().catch(() => {}), PAUSE_MS); // offline: next time

addEventListener("idle", keepLater);
addEventListener("stranger", () => globalThis.caches?.delete(SOUNDS)); // no longer ours to keep
