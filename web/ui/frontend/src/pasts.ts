// The history of a task on this device: every text that was written or put aside, to look at and to take up again.
import { byId, type Config, say } from "./config";
import type { Drafts } from "./drafts";
import type { EditorHost } from "./editor";
import type { Journal, Past } from "./journal";

export class Pasts {
  private readonly dialog = byId<HTMLDialogElement>("history-dialog");
  private readonly list = byId("history-list");
  private readonly text = byId("history-text");
  private readonly take = byId<HTMLButtonElement>("history-take");
  private chosen: Past | null = null;

  constructor(
    private readonly config: Config,
    private readonly journal: Journal,
    private readonly editor: EditorHost,
    private readonly drafts: Drafts,
  ) {
    const button = byId<HTMLButtonElement>("history");
    button.hidden = false;
    button.addEventListener("click", () => void this.open());
    this.take.addEventListener("click", () => this.takeUp());
  }

  private async open(): Promise<void> {
    const pasts = (await this.journal.history(this.config.position)).filter(({ language }) => language === this.editor.language);
    this.list.replaceChildren(...pasts.map((past, place) => this.line(past, place === 0)));
    this.choose(pasts[0] ?? null);
    byId("history-none").hidden = pasts.length > 0;
    byId("history-some").hidden = pasts.length === 0;
    this.dialog.showModal();
  }

  private line(past: Past, first: boolean): HTMLElement {
    const item = document.createElement("li");
    const label = document.createElement("label");
    const choice = document.createElement("input");
    choice.type = "radio";
    choice.name = "past";
    choice.checked = first;
    choice.addEventListener("change", () => this.choose(past));
    const time = document.createElement("span");
    time.textContent = new Date(past.at).toLocaleTimeString(document.documentElement.lang, { hourCycle: "h23" });
    const lines = document.createElement("span");
    lines.className = "muted";
    lines.textContent = say(`past_${past.reason}`, { lines: past.source.trimEnd().split("\n").length });
    label.append(choice, time, lines);
    item.append(label);
    return item;
  }

  private choose(past: Past | null): void {
    this.chosen = past;
    this.text.textContent = past?.source ?? "";
    this.take.disabled = past === null || past.source === this.editor.text();
  }

  private takeUp(): void {
    if (this.chosen) this.drafts.replace(this.chosen.source);
    this.dialog.close();
    this.editor.focus();
  }
}
