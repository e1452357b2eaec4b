// Lets the cards open without network. What they are made of comes from a cache; the page itself
// from the server, and from the cache only when the server is away. Taps never come near it.
// The server writes `told` above this: its version, and the files to keep.
const CACHE = `checkin-${told.version}`;
const PAGES = ["/", "/tablet"]; // the cards may show at either
const SOUNDS = "checkin-sounds"; // these two are fetched and kept by the page, whatever the version
const TALK = "checkin-talk"; // whom its pupils can ask for
const IS_SOUND = /^\/sounds\/.+\.wav$|^\/static\/[^/]+\/audio\//;
const PATIENCE_MS = 300; // a network that is there and silent: a slow tablet has its cards within a second
const KEPT_AT = "x-kept-at";
const HTML = { headers: { Accept: "text/html" } };

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

addEventListener("install", (event) => event.waitUntil(prepare()));
addEventListener("activate", (event) => event.waitUntil(begin()));

addEventListener("message", (event) => {
  // A newer program waits until the page says that nobody is there.
  if (event.data === "take over") skipWaiting();
  if (event.data === "what is downloaded") event.waitUntil(tellDownloaded(event.ports[0]));
});

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (told.files.includes(pathname)) event.respondWith(file(request));
  else if (IS_SOUND.test(pathname) && request.cache !== "no-store") event.respondWith(sound(request));
  else if (request.mode === "navigate" && PAGES.includes(pathname)) {
    event.respondWith(page(event, pathname));
  }
});

async function prepare() {
  await (await caches.open(CACHE)).addAll(told.files);
  for (const path of PAGES) await fetch(path, HTML).then((answer) => keep(path, answer), () => {});
}

async function begin() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith("checkin-") && ![CACHE, SOUNDS, TALK].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

// The version, if every file of it is here and so are the cards themselves.
async function tellDownloaded(port) {
  const requests = await (await caches.open(CACHE)).keys();
  const kept = new Set(requests.map(({ url }) => new URL(url).pathname));
  const isWhole = [...told.files, "/tablet"].every((path) => kept.has(path));
  port.postMessage(isWhole ? told.version : "");
}

const find = async (path) => (await caches.open(CACHE)).match(path, { ignoreVary: true });

const file = async (request) => (await find(request.url)) ?? fetch(request);

// Safari asks for sounds in parts, and takes nothing else.
async function sound(request) {
  const found = await (await caches.open(SOUNDS)).match(request.url, { ignoreVary: true });
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get("range")) ?? [];
  if (!found || from === undefined) return found ?? fetch(request);
  const all = await found.blob();
  const part = all.slice(Number(from), to ? Number(to) + 1 : all.size, all.type);
  const range = `bytes ${from}-${Number(from) + part.size - 1}/${all.size}`;
  return new Response(part, { status: 206, headers: { "Content-Range": range, "Content-Type": all.type } });
}

async function page(event, path) {
  const asked = fetch(event.request).then((answer) => {
    if (answer.status >= 500) throw answer;
    event.waitUntil(keep(path, answer.clone()));
    return answer;
  });
  event.waitUntil(asked.catch(() => {}));
  const last = () => kept(path);
  if (await find(path)) return Promise.race([asked.catch(last), after(PATIENCE_MS).then(last)]);
  return asked.catch((trouble) => (trouble instanceof Response ? trouble : Response.error()));
}

// Keeps the cards; forgets them when the server no longer shows them to this tablet. Those of
// another version stay out: their files are not here.
async function keep(path, answer) {
  const cache = await caches.open(CACHE);
  const text = answer.ok && !answer.redirected ? await answer.text() : "";
  if (!text.includes("data-told")) {
    await caches.delete(TALK);
    return cache.delete(path);
  }
  if (!text.includes(`/static/${told.version}/`)) return;
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  headers.set(KEPT_AT, Date.now());
  await cache.put(path, new Response(text, { headers }));
}

// The page as it was, but with the time of now: its rounds open and close by it.
async function kept(path) {
  const found = await find(path);
  if (!found) return Response.error();
  const since = Math.max(0, Date.now() - Number(found.headers.get(KEPT_AT)));
  const text = await found.text();
  const current = text.replace(/"now":\s*(\d+)/, (_, then) => `"now": ${Number(then) + since}`);
  return new Response(current, { headers: found.headers });
}
