// Leaving the device: what has not reached the server is sent first or warned of; then everything kept here goes, also where the
// browser does not follow the server's header that clears it.
import { byId } from "../config";
import { Journal } from "../journal";
import { Outbox } from "../late";
import { forgetPages } from "../offlinepage";
import { forgetDevice } from "../storage";

const config = JSON.parse(byId("report-config").dataset.config ?? "{}") as { attempt: string; tasks: string };
const journal = new Journal(config.attempt);
const form = byId<HTMLFormElement>("leave");

async function isLeft(): Promise<boolean> {
  return (await journal.left()).length > 0 || (await journal.pending()).length > 0;
}

async function send(): Promise<void> {
  if (!(await isLeft())) return;
  await new Outbox(config.tasks, journal).send(() => false, () => undefined).catch(() => undefined);
  byId("unsent").hidden = !(await isLeft());
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void Promise.allSettled([forgetPages(config.attempt), forgetDevice()]).then(() => form.submit());
});

void send();
