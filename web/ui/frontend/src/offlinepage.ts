// Brings the service worker of the attempt, and tells it what a task needs. Without one (no HTTPS) all else works as before.
import type { Config } from "./config";

export async function keepPagesUsable(config: Config): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  try {
    const scope = config.urls.worker.replace(/offline\.js$/, "");
    await navigator.serviceWorker.register(config.urls.worker, { scope });
    const { active } = await navigator.serviceWorker.ready;
    const files = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => new URL(name).pathname.startsWith("/static/dist/"));
    const pages = config.positions.map((position) => config.urls.tasks.replace("{position}", String(position)));
    active?.postMessage({ files, pages });
  } catch {
    // Forbidden or broken: the page lives without.
  }
}

// Nothing of the attempt's pages is kept here any longer.
export async function forgetPages(attempt: string): Promise<void> {
  if (!("serviceWorker" in navigator) || !("caches" in self)) return;
  const root = `/a/${attempt}`;
  for (const registration of await navigator.serviceWorker.getRegistrations()) {
    if (new URL(registration.scope).pathname.startsWith(root)) await registration.unregister();
  }
  await caches.delete(`assessor:${root}`);
}
