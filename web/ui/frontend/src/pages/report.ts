// The end page: what this device still holds of the attempt is sent as late work, and what became of it stands in the report.
// When nothing waits any longer, the pages kept for use without a network go. Should the time be extended, it says so.
import { byId, learnWords, say } from "../config";
import { Backoff, get } from "../http";
import { Journal } from "../journal";
import { Outbox, type Told } from "../late";
import { renew } from "../live";
import { forgetPages } from "../offlinepage";

interface ReportConfig {
  attempt: string;
  tasks: string;
  clock: string;
  ended_by_clock: boolean;
  words: Record<string, string>;
}

const ASK_MS = 4000;
const config = JSON.parse(byId("report-config").dataset.config ?? "{}") as ReportConfig;
learnWords(config.words);
const journal = new Journal(config.attempt);
const notice = byId("late-notice");

function tell(sentence: string, reason = ""): void {
  notice.hidden = false;
  byId("late-text").textContent = say(sentence, { reason });
}

async function isLeft(): Promise<boolean> {
  return (await journal.left()).length > 0 || (await journal.pending()).length > 0;
}

async function sendWhatIsLeft(): Promise<void> {
  const outbox = new Outbox(config.tasks, journal);
  const backoff = new Backoff();
  const told: Told[] = [];
  while (await isLeft()) {
    tell("late_waits");
    try {
      told.push(...(await outbox.send(() => false, () => undefined)));
      if (await isLeft()) await backoff.pause();
    } catch {
      await backoff.pause();
    }
  }
  await forgetPages(config.attempt);
  const refused = told.find((one) => !one.counts);
  if (refused && !refused.counts) {
    tell("late_refused", refused.reason);
    byId("late-source").textContent = refused.source;
    byId("late-details").hidden = false;
  } else if (told.length) location.reload();
}

async function watchTheClock(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    const told = await get<{ state: string; extra_time: string }>(config.clock).catch(() => null);
    if (!told) continue;
    const wish = document.getElementById("wish");
    if (told.state !== "started") {
      if (wish?.dataset.status === "asked" && told.extra_time === "declined") location.reload();
      continue;
    }
    wish?.remove();
    byId("goes-on").hidden = false;
    return;
  }
}

async function watchTheJudge(): Promise<void> {
  const results = byId("results");
  while (results.dataset.judged === "no") {
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
    await renew().catch(() => undefined);
  }
}

void sendWhatIsLeft();
void watchTheJudge();
if (config.ended_by_clock) void watchTheClock();
