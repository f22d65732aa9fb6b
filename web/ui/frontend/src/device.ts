// What a test needs of this device, tried out before the clock runs: storage that lasts, our server, the editor.
// The editor's files are needed in a moment anyway; trying them here brings them before the start.
import { byId } from "./config";
import { Backoff, get } from "./http";
import { Storage } from "./storage";

const SLOW_MS = 800;
const ROUNDS = 3;

type Found = "good" | "slow" | "bad";

function tell(name: string, found: Found): void {
  const line = document.querySelector<HTMLElement>(`#checks [data-check=${name}]`);
  if (!line) return;
  line.dataset.found = found;
  const told = line.querySelector(".told") as HTMLElement;
  const words = line.dataset[found] ?? "";
  if (told.textContent !== words) told.textContent = words;
  const picture = line.querySelector("use");
  const icon = found === "bad" ? "triangle-alert" : "circle-check";
  picture?.setAttribute("href", (picture.getAttribute("href") ?? "").replace(/#.*/, `#${icon}`));
}

async function checkStorage(): Promise<void> {
  const storage = new Storage();
  const key = "check";
  const kept = await storage.put("anchors", key, true);
  await storage.remove("anchors", key);
  tell("storage", kept ? "good" : "bad");
}

// The middle of three round trips: one that waits for a sleeping radio says nothing about the line.
async function checkConnection(address: string): Promise<void> {
  const backoff = new Backoff();
  for (;;) {
    try {
      const took: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const sent = performance.now();
        await get(address);
        took.push(performance.now() - sent);
      }
      took.sort((a, b) => a - b);
      return tell("connection", (took[1] ?? 0) < SLOW_MS ? "good" : "slow");
    } catch {
      tell("connection", "bad");
      await backoff.pause();
    }
  }
}

async function checkEditor(): Promise<void> {
  await import("./codemirror").then(
    () => tell("editor", "good"),
    () => tell("editor", "bad"),
  );
}

export async function checkDevice(): Promise<void> {
  const list = byId("checks");
  list.hidden = false;
  await Promise.all([checkStorage(), checkConnection(list.dataset.clock ?? ""), checkEditor()]);
}
