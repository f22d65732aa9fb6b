// Texts and submissions that no living page looks after: they go to the server from whichever page of the attempt is open.
// After the end they go as late work, which counts when it was written in time.
import { randomKey } from "./config";
import { post, Refused } from "./http";
import type { Journal, Unsaved } from "./journal";
import type { Stamp } from "./servertime";

export interface Outgoing {
  kind: "run" | "submission";
  language: string;
  source: string;
  client_key: string;
  custom_input?: string;
}

export interface Pending extends Outgoing, Stamp {
  position: number;
  writer: string;
}

interface SavedDraft {
  sequence: number;
  saved_at: string;
}

// What became of late work: it counts, or the server's reason why it cannot.
export type Told = { counts: true } | { counts: false; reason: string; source: string };

const OVER = new Set(["time_over", "finished"]);

export class Outbox {
  constructor(
    private readonly tasks: string,
    private readonly journal: Journal,
  ) {}

  // Send all but what `skips` names. Throws Unreachable when the network is away; what was sent until then is sent.
  async send(skips: (unsaved: Unsaved) => boolean, saved: (unsaved: Unsaved, draft: SavedDraft) => void): Promise<Told[]> {
    const told: Told[] = [];
    for (const pending of await this.journal.pending<Pending>()) {
      if (await this.journal.isLiving(pending.writer)) continue;
      const outcome = await this.submit(pending);
      if (outcome) told.push(outcome);
    }
    for (const unsaved of await this.journal.left()) {
      if (skips(unsaved)) continue;
      const outcome = await this.save(unsaved, saved);
      if (outcome) told.push(outcome);
    }
    return told;
  }

  private async submit(pending: Pending): Promise<Told | null> {
    const { position, client_key, kind, language, source, custom_input } = pending;
    try {
      await post(this.address(position, "submissions"), { kind, language, source, client_key, custom_input });
    } catch (error) {
      if (!(error instanceof Refused) || error.passing) throw error;
      if (OVER.has(error.problem.code) && kind === "submission") {
        const told = await this.sendLate(pending);
        if (!told) return null;
        await this.journal.forgetPending(position, client_key);
        return told;
      }
    }
    await this.journal.forgetPending(position, client_key);
    return null;
  }

  private async save(unsaved: Unsaved, saved: (unsaved: Unsaved, draft: SavedDraft) => void): Promise<Told | null> {
    const { position, language, source, base, writer } = unsaved;
    try {
      const draft = await post<SavedDraft>(this.address(position, "draft"), { language, source, base, sequence: base + 1, writer });
      await this.journal.forget(unsaved);
      this.journal.keepSaved(position, language, { source, sequence: draft.sequence, saved_at: draft.saved_at });
      saved(unsaved, draft);
    } catch (error) {
      if (!(error instanceof Refused) || error.passing) throw error;
      // A newer text elsewhere: the choice waits until the task is opened.
      if (!OVER.has(error.problem.code)) return null;
      return this.saveLate(unsaved);
    }
    return null;
  }

  private async saveLate(unsaved: Unsaved): Promise<Told | null> {
    const told = await this.sendLate({ ...unsaved, client_key: randomKey() });
    if (!told) return null;
    await this.journal.remember(unsaved.position, { language: unsaved.language, source: unsaved.source, at: unsaved.at, reason: "written" });
    await this.journal.forget(unsaved);
    return told;
  }

  private async sendLate(late: Stamp & { position: number; language: string; source: string; client_key: string }): Promise<Told | null> {
    const { position, language, source, client_key, moment, elapsed_ms } = late;
    try {
      await post(this.address(position, "late"), { language, source, client_key, moment, elapsed_ms });
      return { counts: true };
    } catch (error) {
      if (!(error instanceof Refused) || error.passing) throw error;
      // The time was extended in this very moment: no need to be late.
      if (error.problem.code === "still_running") return null;
      return { counts: false, reason: error.problem.detail, source };
    }
  }

  private address(position: number, what: string): string {
    return `${this.tasks.replace("{position}", String(position))}/${what}`;
  }
}
