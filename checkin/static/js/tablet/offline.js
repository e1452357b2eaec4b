// Without network the cards open all the same: a service worker keeps what they are made of.
const workers = navigator.serviceWorker;
const PATIENCE_MS = 2000;
let registration;
let downloaded; // not known at first

// The version of the program that opens without network, "" for none.
export const whatIsDownloaded = () => downloaded;

export async function keepForOffline() {
  try {
    // Asked once, just after enrolment: where a browser asks back, a grown-up is there to answer.
    if (!(await workers.getRegistration())) navigator.storage?.persist?.().catch(() => {});
    registration = await workers.register("/sw.js", { updateViaCache: "none" });
    workers.addEventListener("controllerchange", lookWhatIsDownloaded);
    addEventListener("flushed", () => downloaded || lookWhatIsDownloaded());
    await lookWhatIsDownloaded();
  } catch {
    downloaded = ""; // Plain http, or a browser that will not: the cards need the network to open.
  }
}

async function lookWhatIsDownloaded() {
  const worker = registration.active;
  downloaded = worker ? await ask(worker) : "";
}

// The worker knows which files there should be; one that is older than this question keeps silent.
const ask = (worker) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(resolve, PATIENCE_MS, "");
    worker.postMessage("what is downloaded", [port2]);
  });

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
