// Drafts: saved while one types, in order, again after a failure, and never over a newer text of another window.
import { type Config, randomKey, type SavedText } from "./config";
import type { EditorHost } from "./editor";
import { Backoff, post, Refused } from "./http";
import type { Journal } from "./journal";
import type { SaveLine } from "./saveline";

const QUIET_MS = 800;
const KEEPALIVE_BYTES = 60000;

interface Saved {
  sequence: number;
  saved_at: string;
  now: string;
}

// Asks which text to go on with; true for the newer one of the other window.
export type AskWhich = (newer: string) => Promise<boolean>;

export class Drafts {
  private readonly writer = randomKey();
  private readonly base = new Map<string, number>();
  private readonly sent = new Map<string, number>();
  private readonly kept = new Map<string, string>();
  private readonly backoff = new Backoff();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private saving: Promise<void> | null = null;
  private stopped = false;

  constructor(
    private readonly config: Config,
    private readonly editor: EditorHost,
    private readonly line: SaveLine,
    private readonly journal: Journal,
    private readonly askWhich: AskWhich,
    private readonly onOver: () => void,
  ) {
    for (const [language, text] of Object.entries(config.texts)) this.learn(language, text);
    editor.onChange(() => this.changed());
    addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.flush());
    addEventListener("pagehide", () => this.flush());
    const saved = config.texts[editor.language];
    this.line.show(saved ? "saved" : "empty", saved ? { at: new Date(saved.saved_at) } : {});
  }

  // The text to show for a language: what the server has, or the starter code.
  textFor(language: string): string {
    return this.kept.get(language) ?? this.config.starters[language] ?? "";
  }

  // Text typed on this device that never reached the server: taken up again, or shown as a choice when the server has newer.
  async recover(): Promise<boolean> {
    const language = this.editor.language;
    const entry = this.journal.text(language);
    if (!entry || entry.source === this.textFor(language)) {
      this.journal.keepText(language, null);
      return false;
    }
    const known = this.base.get(language) ?? 0;
    if (entry.base < known && (await this.askWhich(this.textFor(language)))) {
      this.journal.keepText(language, null);
      return false;
    }
    this.editor.setText(entry.source);
    this.changed();
    return true;
  }

  private learn(language: string, text: SavedText): void {
    this.base.set(language, text.sequence);
    this.kept.set(language, text.source);
  }

  private changed(): void {
    if (this.stopped) return;
    const language = this.editor.language;
    const source = this.editor.text();
    if (source === this.textFor(language)) return;
    this.journal.keepText(language, { source, base: this.base.get(language) ?? 0 });
    if (this.line) this.line.show("unsaved");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.save(), QUIET_MS);
  }

  // Save now what is not saved; resolves when the text is safe or the try has failed.
  save(): Promise<void> {
    clearTimeout(this.timer);
    this.saving ??= this.saveUntilDone().finally(() => (this.saving = null));
    return this.saving;
  }

  private async saveUntilDone(): Promise<void> {
    while (!this.stopped) {
      const language = this.editor.language;
      const source = this.editor.text();
      if (source === this.textFor(language)) return;
      this.line.show("saving");
      try {
        const saved = await post<Saved>(this.config.urls.draft, this.message(language, source));
        this.accept(language, source, saved);
      } catch (error) {
        if (!(await this.survive(error, language, source))) return;
      }
    }
  }

  private message(language: string, source: string): Record<string, unknown> {
    const base = this.base.get(language) ?? 0;
    const sequence = Math.max(base, this.sent.get(language) ?? 0) + 1;
    this.sent.set(language, sequence);
    return { language, source, base, sequence, writer: this.writer };
  }

  private accept(language: string, source: string, saved: Saved): void {
    this.backoff.reset();
    this.base.set(language, saved.sequence);
    this.kept.set(language, source);
    if (this.editor.language !== language || this.editor.text() === source) this.journal.keepText(language, null);
    this.line.show("saved", { at: new Date(saved.saved_at) });
  }

  // What to do about a failed save; true when to try again.
  private async survive(error: unknown, language: string, source: string): Promise<boolean> {
    if (!(error instanceof Refused) || error.passing) {
      this.line.show(error instanceof Refused && error.explained ? "save_waits" : "offline");
      await this.backoff.pause(error instanceof Refused ? error.retryAfter : 0);
      return true;
    }
    if (error.problem.code === "newer_draft") {
      const newer = error.problem.newer as SavedText;
      this.learn(language, newer);
      if (!(await this.askWhich(newer.source))) return true;
      if (this.editor.language === language) this.editor.setText(newer.source);
      this.journal.keepText(language, null);
      this.line.show("saved", { at: new Date(newer.saved_at) });
      return false;
    }
    if (error.problem.code === "time_over" || error.problem.code === "finished") {
      this.stop();
      this.onOver();
      return false;
    }
    this.line.show("refused", { reason: error.problem.detail });
    this.journal.keepText(language, { source, base: this.base.get(language) ?? 0 });
    return false;
  }

  // The page goes away: one last request that outlives it. What is too large for that waits in the journal.
  private flush(): void {
    const language = this.editor.language;
    const source = this.editor.text();
    if (this.stopped || source === this.textFor(language) || source.length * 3 > KEEPALIVE_BYTES) return;
    void post<Saved>(this.config.urls.draft, this.message(language, source), true).then(
      (saved) => this.accept(language, source, saved),
      () => undefined,
    );
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }
}
