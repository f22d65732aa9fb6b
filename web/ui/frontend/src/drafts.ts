// Drafts: into the journal with every edit, to the server while one types, in order, again after a failure, and never over a
// newer text of another window.
import type { Config, SavedText } from "./config";
import type { EditorHost } from "./editor";
import { Backoff, post, Refused } from "./http";
import type { Journal, Reason, Unsaved } from "./journal";
import type { SaveLine } from "./saveline";
import type { Heard, ServerTime } from "./servertime";

const QUIET_MS = 800;
const LONGEST_UNSAVED_MS = 4000;
const KEEPALIVE_BYTES = 60000;

interface Saved extends Heard {
  sequence: number;
  saved_at: string;
}

// Asks which text to go on with; true for the newer one of the other window.
export type AskWhich = (newer: string) => Promise<boolean>;

export class Drafts {
  private readonly base = new Map<string, number>();
  private readonly sent = new Map<string, number>();
  private readonly kept = new Map<string, string>();
  private readonly unsaved = new Map<string, string>();
  private readonly inherited = new Set<string>();
  private readonly backoff = new Backoff();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unsavedSince: number | null = null;
  private saving: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly config: Config,
    private readonly editor: EditorHost,
    private readonly line: SaveLine,
    private readonly journal: Journal,
    private readonly time: ServerTime,
    private readonly askWhich: AskWhich,
    private readonly onOver: () => void,
  ) {
    for (const [language, text] of Object.entries(config.texts)) this.learn(language, text);
    editor.onChange(() => this.changed());
    addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.flush());
    addEventListener("pagehide", () => this.flush());
    // Only where the device keeps nothing: closing the page would lose the text.
    addEventListener("beforeunload", (event) => this.unsaved.size > 0 && !journal.lasting && event.preventDefault());
    const saved = config.texts[editor.language];
    this.line.show(saved ? "saved" : "empty", saved ? { at: new Date(saved.saved_at) } : {});
  }

  // The text to show for a language.
  textFor(language: string): string {
    return this.unsaved.get(language) ?? this.savedFor(language);
  }

  // What the server has, or the starter code.
  private savedFor(language: string): string {
    return this.kept.get(language) ?? this.config.starters[language] ?? "";
  }

  learn(language: string, text: { source: string; sequence: number }): void {
    this.base.set(language, text.sequence);
    this.kept.set(language, text.source);
  }

  // A page from the device's own store may be older than what was saved since.
  async catchUp(): Promise<void> {
    for (const [language, saved] of await this.journal.saved(this.config.position)) {
      if (saved.sequence <= (this.base.get(language) ?? 0)) continue;
      const untouched = this.editor.text() === this.savedFor(language);
      this.learn(language, saved);
      if (language !== this.editor.language) continue;
      if (untouched) this.editor.setText(saved.source);
      this.line.show("saved", { at: new Date(saved.saved_at) });
    }
  }

  // Text typed on this device that never reached the server: taken up again, or shown as a choice when the server has newer.
  async recover(): Promise<boolean> {
    const language = this.editor.language;
    const left = (await this.journal.left(this.config.position)).filter((unsaved) => unsaved.language === language);
    const [newest, ...older] = left;
    for (const unsaved of older) await this.putAside(unsaved, "elsewhere");
    if (!newest) return false;
    if (newest.source === this.savedFor(language)) {
      await this.journal.forget(newest);
      return false;
    }
    const elsewhere = newest.base < (this.base.get(language) ?? 0) && !this.isBefore(this.config.texts[language]?.writer, newest);
    if (elsewhere && (await this.askWhich(this.savedFor(language)))) {
      await this.putAside(newest, "written");
      return false;
    }
    if (elsewhere) this.rememberText(language, this.savedFor(language), "elsewhere");
    for (const writer of [newest.writer, ...newest.after]) this.inherited.add(writer);
    this.editor.setText(newest.source);
    await this.journal.forget(newest);
    return true;
  }

  private isBefore(writer: string | undefined, unsaved: Unsaved): boolean {
    return writer !== undefined && (writer === unsaved.writer || unsaved.after.includes(writer));
  }

  private async putAside(unsaved: Unsaved, reason: Reason): Promise<void> {
    await this.journal.remember(unsaved.position, { language: unsaved.language, source: unsaved.source, at: unsaved.at, reason });
    await this.journal.forget(unsaved);
  }

  // Put another text in the editor's place; the one that was there stays in the history.
  replace(source: string): void {
    this.rememberText(this.editor.language, this.editor.text(), "replaced");
    this.editor.setText(source);
  }

  private rememberText(language: string, source: string, reason: Reason): void {
    void this.journal.remember(this.config.position, { language, source, at: this.time.now(), reason });
  }

  private changed(): void {
    if (this.stopped) return;
    const language = this.editor.language;
    const source = this.editor.text();
    if (source === this.savedFor(language)) return this.settle(language, source);
    this.unsaved.set(language, source);
    this.note(language, source);
    this.line.show(this.journal.lasting ? "kept" : "unsaved");
    this.unsavedSince ??= Date.now();
    clearTimeout(this.timer);
    const patience = Math.max(0, this.unsavedSince + LONGEST_UNSAVED_MS - Date.now());
    this.timer = setTimeout(() => void this.save(), Math.min(QUIET_MS, patience));
  }

  // The server has this text: nothing of it waits any longer, unless more was typed since.
  private settle(language: string, source: string): void {
    if (this.editor.language === language && this.editor.text() !== source) return;
    if (this.editor.language !== language && this.unsaved.get(language) !== source) return;
    this.unsaved.delete(language);
    void this.journal.forget({ position: this.config.position, language, writer: this.journal.writer });
  }

  private note(language: string, source: string): void {
    const base = this.base.get(language) ?? 0;
    const { position } = this.config;
    const after = [...this.inherited];
    void this.journal.keep({ position, language, source, base, after, at: this.time.now(), ...this.time.stamp() });
  }

  // Save now what is not saved; resolves when the text is safe or the try has failed.
  save(): Promise<void> {
    clearTimeout(this.timer);
    this.saving ??= this.saveUntilDone().finally(() => (this.saving = null));
    return this.saving;
  }

  private async saveUntilDone(): Promise<void> {
    while (!this.stopped) {
      const [language, source] = this.next() ?? [];
      if (language === undefined || source === undefined) return;
      this.line.show("saving");
      this.rememberText(language, source, "written");
      try {
        const saved = await post<Saved>(this.config.urls.draft, this.message(language, source));
        this.accept(language, source, saved);
      } catch (error) {
        if (!(await this.survive(error, language, source))) return;
      }
    }
  }

  // What is to be saved next: what one types now before what was left in another language.
  private next(): [string, string] | undefined {
    const { language } = this.editor;
    const current = this.unsaved.get(language);
    return current === undefined ? [...this.unsaved][0] : [language, current];
  }

  private message(language: string, source: string): Record<string, unknown> {
    const base = this.base.get(language) ?? 0;
    const sequence = Math.max(base, this.sent.get(language) ?? 0) + 1;
    this.sent.set(language, sequence);
    return { language, source, base, sequence, writer: this.journal.writer };
  }

  private accept(language: string, source: string, saved: Saved): void {
    this.backoff.reset();
    this.time.hear(saved);
    this.learn(language, { source, sequence: saved.sequence });
    this.unsavedSince = null;
    const { position } = this.config;
    this.journal.keepSaved(position, language, { source, sequence: saved.sequence, saved_at: saved.saved_at });
    this.settle(language, source);
    this.line.show("saved", { at: new Date(saved.saved_at) });
  }

  // What to do about a failed save; true when to try again.
  private async survive(error: unknown, language: string, source: string): Promise<boolean> {
    if (!(error instanceof Refused) || error.passing) {
      const explained = error instanceof Refused && error.explained;
      this.line.show(explained ? "save_waits" : this.journal.lasting ? "offline" : "offline_open");
      await this.backoff.pause(error instanceof Refused ? error.retryAfter : 0);
      return true;
    }
    if (error.problem.code === "newer_draft") return this.choose(language, error.problem.newer as SavedText);
    if (error.problem.code === "time_over" || error.problem.code === "finished") {
      this.stop();
      this.onOver();
      return false;
    }
    // Paused in another window: the clock leads there, and the text is taken up again afterwards.
    if (error.problem.code === "paused") return false;
    this.unsaved.delete(language);
    this.note(language, source);
    this.line.show("refused", { reason: error.problem.detail });
    return false;
  }

  // Both texts stay in the history, whichever is chosen.
  private async choose(language: string, newer: SavedText): Promise<boolean> {
    this.learn(language, newer);
    if (this.inherited.has(newer.writer)) return true;
    this.rememberText(language, newer.source, "elsewhere");
    if (!(await this.askWhich(newer.source))) return true;
    this.rememberText(language, this.textFor(language), "replaced");
    this.unsaved.delete(language);
    if (this.editor.language === language) this.editor.setText(newer.source);
    await this.journal.forget({ position: this.config.position, language, writer: this.journal.writer });
    this.line.show("saved", { at: new Date(newer.saved_at) });
    return false;
  }

  // The page goes away: one last request that outlives it. What is too large for that waits in the journal.
  private flush(): void {
    const [language, source] = this.next() ?? [];
    if (this.stopped || language === undefined || source === undefined || source.length * 3 > KEEPALIVE_BYTES) return;
    void post<Saved>(this.config.urls.draft, this.message(language, source), true).then(
      (saved) => this.accept(language, source, saved),
      () => undefined,
    );
  }

  // The end: nothing is typed any more, and what is unsaved is left to the outbox, which knows about lateness.
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    if (this.unsaved.size) this.line.show(this.journal.lasting ? "kept" : "unsaved");
  }

  // What was left has been taken, or refused with its reason: nothing of it waits any more.
  conclude(): void {
    this.unsaved.clear();
    this.line.show("empty");
  }

  // More time: go on as before.
  resume(): void {
    if (!this.stopped) return;
    this.stopped = false;
    this.changed();
    void this.save();
  }
}
