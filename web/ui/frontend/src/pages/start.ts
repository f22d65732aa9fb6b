// The start page. While a wish for extra time waits, its answer appears by itself, with the times that follow from it.
import { checkDevice } from "../device";
import { get } from "../http";

const ASK_MS = 3000;

function wish(): HTMLElement | null {
  return document.getElementById("wish");
}

async function renew(): Promise<void> {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const found = fresh.getElementById(old.id);
    if (!found) continue;
    old.innerHTML = found.innerHTML;
    if (found.dataset.status) old.dataset.status = found.dataset.status;
  }
}

async function awaitTheAnswer(): Promise<void> {
  while (wish()?.dataset.status === "asked") {
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    const told = await get<{ extra_time: string }>(wish()?.dataset.clock ?? "").catch(() => null);
    if (told && told.extra_time !== "asked") await renew().catch(() => undefined);
  }
}

void awaitTheAnswer();
void checkDevice();
