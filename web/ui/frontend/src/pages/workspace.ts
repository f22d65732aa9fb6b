// The workspace: puts its parts together.
import { askWhich } from "../choice";
import { Clock } from "../clock";
import { byId, learnWords, readConfig, say } from "../config";
import { Drafts } from "../drafts";
import { EditorHost } from "../editor";
import { Journal } from "../journal";
import { keepPagesUsable } from "../offlinepage";
import { Over } from "../over";
import { type Panel, ResultPanel } from "../panel";
import { Panes } from "../panes";
import { Pasts } from "../pasts";
import { SaveLine } from "../saveline";
import { ServerTime } from "../servertime";
import { Submitting } from "../submitting";
import { installSymbols } from "../symbols";
import { installTerms } from "../terms";

const config = readConfig();
learnWords(config.words);
installTerms();

const form = byId<HTMLFormElement>("code");
const select = byId<HTMLSelectElement>("language");
const own = byId("own");
const ownToggle = byId<HTMLButtonElement>("own-toggle");
const buttons = ["run", "run-own", "submit"].map((id) => byId<HTMLButtonElement>(id));

const journal = new Journal(config.attempt);
const time = new ServerTime(config, (anchor) => journal.keepAnchor(anchor));
const editor = new EditorHost(config);
const panes = new Panes();
const line = new SaveLine();
const drafts = new Drafts(config, editor, line, journal, time, askWhich, over);
const panel = new ResultPanel(config.urls.panels, shown);
const submitting = new Submitting(config, journal, time, panel, buttons, over);
const ending = new Over(config, journal, editor, drafts, buttons);
new Pasts(config, journal, editor, drafts);

function shown(now: Panel): void {
  editor.mark(now.marks);
  panes.news(now.finished);
  line.testing(now.kind === "submission" && !now.finished);
  if (now.state !== "started") over();
}

function over(): void {
  ending.begin();
}

function go(action: string): void {
  if (submitting.sending) return;
  editor.copyToForm();
  editor.mark([]);
  void drafts.save();
  if (panes.narrow) panes.show("result");
  const kind = action === "submit" ? "submission" : "run";
  const outgoing = { kind, language: editor.language, source: editor.text() } as const;
  if (action === "run_own") void submitting.start({ ...outgoing, custom_input: byId<HTMLTextAreaElement>("own-input").value });
  else void submitting.start(outgoing);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const pressed = event.submitter as HTMLButtonElement | null;
  go(pressed?.value ?? "run");
});

addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "Enter") return;
  event.preventDefault();
  if (!buttons[0]?.disabled) go(event.shiftKey ? "submit" : "run");
});

own.hidden = true;
ownToggle.addEventListener("click", () => {
  own.hidden = !own.hidden;
  ownToggle.setAttribute("aria-expanded", String(!own.hidden));
  if (!own.hidden) byId("own-input").focus();
});

select.addEventListener("change", () => {
  const chosen = select.value;
  document.cookie = `language=${chosen}; path=/; max-age=31536000; samesite=lax`;
  void drafts.save();
  void editor.setLanguage(chosen, drafts.textFor(chosen)).then(() => drafts.recover());
});

// What is typed must have arrived before the clock stands still: nothing is taken in a pause.
for (const pause of document.querySelectorAll<HTMLFormElement>("form[data-pause]")) {
  pause.addEventListener("submit", (event) => {
    event.preventDefault();
    void drafts.save().then(() => pause.submit());
  });
}

byId("reset-now").addEventListener("click", () => {
  drafts.replace(config.starters[editor.language] ?? "");
  byId<HTMLDialogElement>("reset-dialog").close();
  editor.focus();
});

async function begin(): Promise<void> {
  installSymbols(editor);
  document.querySelector(".steps [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  if (location.hash === "#code" || location.hash === "#result") panes.show(location.hash.slice(1));
  const [anchor] = await Promise.all([journal.anchor(), editor.enrich()]);
  time.adopt(anchor);
  await drafts.catchUp();
  if (await drafts.recover()) panel.say(say("recovered"));
  new Clock(config.urls.clock, time, {
    beforeEnd: () => void drafts.save(),
    atEnd: over,
    goesOn: () => ending.end(),
    away: () => location.assign(config.urls.end),
    heard: () => void ending.sendOthers(),
  });
  if (config.result && !config.result.finished) panel.follow(config.result.id);
  else if (config.result && config.result.language === editor.language) editor.mark(config.result.marks);
  await submitting.resume();
  await ending.sendOthers();
  await editor.equipped;
  await keepPagesUsable(config);
}

void begin();
