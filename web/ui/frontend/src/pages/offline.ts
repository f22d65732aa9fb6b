// The service worker of one attempt: its task pages and their files stay usable without a network. Its scope is the attempt's own
// address. Fresh pages are always preferred; what is kept here goes when the attempt ends or the candidate leaves the device.

interface Fetching extends Event {
  request: Request;
  respondWith(answer: Promise<Response>): void;
  waitUntil(work: Promise<unknown>): void;
}

interface Worker {
  registration: { scope: string };
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(kind: string, listener: (event: never) => void): void;
}

const worker = self as unknown as Worker;
const root = new URL(worker.registration.scope).pathname.replace(/\/$/, "");
const NAME = `assessor:${root}`;
const PATIENCE_MS = 10000;

worker.addEventListener("install", (event: Fetching) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener("activate", (event: Fetching) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("message", (event: MessageEvent & Fetching) => {
  const wanted = event.data as { pages: string[]; files: string[] };
  // The files first: a page that is kept finds them.
  const files = Promise.allSettled(wanted.files.map(file));
  event.waitUntil(files.then(() => Promise.all(wanted.pages.map(fresh))).catch(() => undefined));
});

worker.addEventListener("fetch", (event: Fetching) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/static/dist/")) event.respondWith(file(request.url));
  else if (request.mode === "navigate" && isTask(address.pathname)) event.respondWith(page(request));
});

function isTask(path: string): boolean {
  return path.startsWith(`${root}/task/`) && /^\d+$/.test(path.slice(root.length + 6));
}

// Built files never change under their name.
async function file(url: string): Promise<Response> {
  const kept = await caches.match(url, { cacheName: NAME });
  if (kept) return kept;
  const answer = await fetch(url);
  if (answer.ok) await (await caches.open(NAME)).put(url, answer.clone());
  return answer;
}

async function fresh(url: string): Promise<void> {
  await keep(url, await fetch(url, { headers: { Accept: "text/html" } }));
}

// A task's page, kept without its query. One that leads elsewhere, because the attempt has ended, is not kept any longer.
async function keep(url: string, answer: Response): Promise<void> {
  const path = new URL(url, location.origin).pathname;
  const cache = await caches.open(NAME);
  if (answer.type === "opaqueredirect" || answer.redirected) await cache.delete(path);
  else if (answer.ok) await cache.put(path, answer.clone());
}

async function page(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname;
  const kept = await caches.match(path, { cacheName: NAME });
  const asked = fetch(request).then(async (answer) => {
    await keep(request.url, answer);
    return answer;
  });
  if (!kept) return asked;
  const patience = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  const answer = await Promise.race([asked.catch(() => kept), patience]);
  return answer.status >= 500 ? kept : answer;
}
