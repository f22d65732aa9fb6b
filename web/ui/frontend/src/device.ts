// What a test needs of this device, tried out before the clock runs: storage that lasts, our server, the editor.
// The editor's files are needed in a moment anyway. They are fetched as soon as somebody does something on this page, so that the
// page itself stays light.
import { byId } from "./config";
import { Backoff, get } from "./http";

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

// A database of its own, so that what the journal keeps is not touched.
function checkStorage(): void {
  try {
    const asked = indexedDB.open("check");
    asked.onerror = () => tell("storage", "bad");
    asked.onsuccess = () => {
      asked.result.close();
      indexedDB.deleteDatabase("check");
      tell("storage", "good");
    };
  } catch {
    tell("storage", "bad");
  }
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

function firstSignOfLife(): Promise<void> {
  return new Promise((resolve) => {
    const told = new AbortController();
    const heard = () => (told.abort(), resolve());
    for (const kind of ["pointermove", "pointerdown", "touchstart", "keydown", "scroll"]) {
      addEventListener(kind, heard, { signal: told.signal, passive: true });
    }
  });
}

async function checkEditor(): Promise<void> {
  await firstSignOfLife();
  await import("./codemirror").then(
    () => tell("editor", "good"),
    () => tell("editor", "bad"),
  );
}

export async function checkDevice(): Promise<void> {
  const list = byId("checks");
  list.hidden = false;
  checkStorage();
  await Promise.all([checkConnection(list.dataset.clock ?? ""), checkEditor()]);
}
