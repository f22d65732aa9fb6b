// The end of time on the page: nothing is typed any more, what had not reached the server yet is sent as late work, and what
// became of it is said. Should the time be extended, everything goes on.
import { byId, type Config, say } from "./config";
import type { Drafts } from "./drafts";
import type { EditorHost } from "./editor";
import { Backoff } from "./http";
import type { Journal } from "./journal";
import { Outbox, type Told } from "./late";

export class Over {
  private readonly dialog = byId<HTMLDialogElement>("over-dialog");
  private readonly outbox: Outbox;
  private now = false;
  private sending: Promise<void> | null = null;

  constructor(
    private readonly config: Config,
    private readonly journal: Journal,
    private readonly editor: EditorHost,
    private readonly drafts: Drafts,
    private readonly buttons: HTMLButtonElement[],
  ) {
    this.outbox = new Outbox(config.urls.tasks, journal);
    // There is nothing to go back to: the dialog stays until the end page is opened or the time goes on.
    this.dialog.addEventListener("cancel", (event) => this.now && event.preventDefault());
  }

  // Texts of other tasks, or of pages that are gone.
  async sendOthers(): Promise<void> {
    const { position } = this.config;
    try {
      await this.outbox.send(
        (unsaved) => unsaved.position === position && unsaved.language === this.editor.language,
        (unsaved, draft) => {
          if (unsaved.position === position) this.drafts.learn(unsaved.language, { source: unsaved.source, sequence: draft.sequence });
        },
      );
    } catch {
      // The network is away: they wait in the journal until the next try.
    }
  }

  begin(): void {
    if (this.now) return;
    this.now = true;
    this.editor.freeze();
    this.drafts.stop();
    this.journal.released = true;
    for (const button of this.buttons) button.disabled = true;
    if (!this.dialog.open) this.dialog.showModal();
    this.sending ??= this.sendUntilTold().finally(() => (this.sending = null));
  }

  end(): void {
    if (!this.now) return;
    this.now = false;
    this.dialog.close();
    this.editor.thaw();
    this.journal.released = false;
    for (const button of this.buttons) button.disabled = false;
    this.drafts.resume();
    this.editor.focus();
  }

  private async sendUntilTold(): Promise<void> {
    const backoff = new Backoff();
    let told: Told[] = [];
    while (this.now && (await this.isLeft())) {
      this.show("late_waits", false);
      try {
        told = [...told, ...(await this.outbox.send(() => false, () => undefined))];
        if (await this.isLeft()) await backoff.pause();
      } catch {
        await backoff.pause();
      }
    }
    if (this.now) this.conclude(told);
  }

  private async isLeft(): Promise<boolean> {
    return (await this.journal.left()).length > 0 || (await this.journal.pending()).length > 0;
  }

  private conclude(told: Told[]): void {
    if (told.length) this.drafts.conclude();
    const refused = told.find((one) => !one.counts);
    if (refused && !refused.counts) this.show("late_refused", true, refused.reason);
    else if (told.length) this.show("late_counts", true);
    else this.show("over_saved", true);
  }

  private show(sentence: string, done: boolean, reason = ""): void {
    byId("over-text").textContent = say(sentence, { reason });
    byId("over-on").hidden = !done;
  }
}
