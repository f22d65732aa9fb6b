// A session of staff ends by long silence, and a candidate's after the test. Some minutes before, the page says so; one press keeps
// it. Other windows count too. What a candidate reads then goes from the screen; what staff have typed stays.
import { byId } from "../config";
import { post } from "../http";

const LOOK_MS = 15_000;
const WARN_S = 600;

const bar = byId("idle");
const key = bar.dataset.key ?? "assessor:awake";
const silence = Number(bar.dataset.silence);

function awake(): void {
  localStorage.setItem(key, String(Date.now()));
}

function left(): number {
  return silence - (Date.now() - Number(localStorage.getItem(key) ?? Date.now())) / 1000;
}

function show(part: "soon" | "over" | "failed" | null): void {
  bar.hidden = part === null;
  for (const line of bar.querySelectorAll<HTMLElement>("[data-part]")) line.hidden = line.dataset.part !== part;
  byId("stay").hidden = part === "over" || part === null;
}

// Also without an answer: what was read must not stay on the screen.
function leave(address: string): void {
  clearInterval(looking);
  void post(address, {})
    .catch(() => undefined)
    .finally(() => location.reload());
}

function look(): void {
  const seconds = left();
  if (seconds <= 0 && bar.dataset.leaves) leave(bar.dataset.leaves);
  else if (seconds <= 0) show("over");
  else if (seconds > WARN_S) show(null);
  else if (bar.hidden) show("soon");
}

byId("stay").addEventListener("click", () => {
  post(bar.dataset.stay ?? "", {}).then(
    () => (awake(), look()),
    () => show("failed"),
  );
});

awake();
const looking = setInterval(look, LOOK_MS);
addEventListener("visibilitychange", look);
