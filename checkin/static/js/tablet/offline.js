// Without network the cards open all the same: a service worker keeps what they are made of.
const workers = navigator.serviceWorker;
let registration;

export async function keepForOffline() {
  try {
    // Asked once, just after enrolment: where a browser asks back, a grown-up is there to answer.
    if (!(await workers.getRegistration())) navigator.storage?.persist?.().catch(() => {});
    registration = await workers.register("/sw.js", { updateViaCache: "none" });
  } catch {
    // Plain http, or a browser that will not: the cards need the network to open.
  }
}

// A newer program waits for this: it takes over when nobody is there.
export const letNewerTakeOver = () => registration?.waiting?.postMessage("take over");

// What this tablet showed is no longer its to show.
export async function forgetPages() {
  if (!globalThis.caches) return; // plain http: nothing was kept
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    await Promise.all(["/", "/tablet"].map((path) => cache.delete(path)));
  }
}
