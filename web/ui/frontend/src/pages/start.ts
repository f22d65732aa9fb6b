// The start page. While a wish for extra time waits, its answer appears by itself, with the times that follow from it.
import { checkDevice } from "../device";
import { get } from "../http";
import { renew } from "../live";

const ASK_MS = 3000;

function wish(): HTMLElement | null {
  return document.getElementById("wish");
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
