// The journal on the device: every edit as it is made, what was there before, and submissions on their way. One for an attempt.
import { randomKey } from "./config";
import type { Anchor, Stamp } from "./servertime";
import { Storage } from "./storage";

// A text that has not reached the server. `base` is the save it grew from, `at` the server's time when it was written.
export interface Unsaved extends Stamp {
  position: number;
  language: string;
  source: string;
  base: number;
  at: number;
  writer: string;
  // The pages before it whose texts it goes on with: what they may have sent with their last breath is no other window's.
  after: string[];
}

export interface Saved {
  source: string;
  sequence: number;
  saved_at: string;
}

// Why a text is in the history: written here, put aside for another one, or another window's that was not chosen.
export type Reason = "written" | "replaced" | "elsewhere";

export interface Past {
  language: string;
  source: string;
  at: number;
  reason: Reason;
}

const KEPT_VERSIONS = 200;

export class Journal {
  readonly writer = randomKey();
  private readonly storage = new Storage();
  private readonly remembered = new Map<string, string>();
  private past = 0;
  lasting = false;
  // When the page writes no more, its own texts are left like those of a dead one.
  released = false;

  constructor(private readonly attempt: string) {
    void this.storage.lasts().then((lasts) => (this.lasting = lasts));
    // Held while this page lives, so that no other page takes its texts for those of a dead one.
    void navigator.locks?.request(lockOf(this.writer), () => new Promise(() => undefined)).catch(() => undefined);
  }

  keep(unsaved: Omit<Unsaved, "writer">): Promise<boolean> {
    return this.storage.put("texts", this.key(unsaved.position, unsaved.language, this.writer), { ...unsaved, writer: this.writer });
  }

  forget(unsaved: { position: number; language: string; writer: string }): Promise<void> {
    return this.storage.remove("texts", this.key(unsaved.position, unsaved.language, unsaved.writer));
  }

  // What the server has taken: a page from the device's own store does not know it.
  keepSaved(position: number, language: string, saved: Saved): void {
    void this.storage.put("texts", this.key(position, language, "server"), saved);
  }

  async saved(position: number): Promise<Map<string, Saved>> {
    const found = await this.storage.all<Saved>("texts", `${this.attempt}:${position}:`);
    return new Map(found.filter(([key]) => key.endsWith(":server")).map(([key, saved]) => [key.split(":")[2] ?? "", saved]));
  }

  // Unsaved texts that no living page looks after, the newest first.
  async left(position?: number): Promise<Unsaved[]> {
    const prefix = position === undefined ? `${this.attempt}:` : `${this.attempt}:${position}:`;
    const found = (await this.storage.all<Unsaved>("texts", prefix)).filter(([key]) => !key.endsWith(":server"));
    const living = await this.living();
    return found.map(([, unsaved]) => unsaved).filter(({ writer }) => !living.has(writer)).sort((a, b) => b.at - a.at);
  }

  // Whether an open page looks after what a writer has left.
  async isLiving(writer: string): Promise<boolean> {
    return (await this.living()).has(writer);
  }

  private async living(): Promise<Set<string>> {
    const living = await livingWriters();
    if (this.released) living.delete(this.writer);
    else living.add(this.writer);
    return living;
  }

  async remember(position: number, past: Past): Promise<void> {
    const place = `${this.attempt}:${position}:`;
    if (!past.source.trim() || this.remembered.get(place + past.language) === past.source) return;
    this.remembered.set(place + past.language, past.source);
    await this.storage.put("history", `${place}${String(Math.round(past.at)).padStart(15, "0")}:${this.writer.slice(0, 6)}`, past);
    if (++this.past % 20 === 0) await this.trim(place);
  }

  async history(position: number): Promise<Past[]> {
    return (await this.storage.all<Past>("history", `${this.attempt}:${position}:`)).map(([, past]) => past).reverse();
  }

  private async trim(place: string): Promise<void> {
    const all = await this.storage.all<Past>("history", place);
    for (const [key] of all.slice(0, Math.max(0, all.length - KEPT_VERSIONS))) await this.storage.remove("history", key);
  }

  async pending<T>(position?: number): Promise<T[]> {
    const prefix = position === undefined ? `${this.attempt}:` : `${this.attempt}:${position}:`;
    return (await this.storage.all<T>("pending", prefix)).map(([, pending]) => pending);
  }

  keepPending(position: number, clientKey: string, pending: unknown): Promise<boolean> {
    return this.storage.put("pending", `${this.attempt}:${position}:${clientKey}`, pending);
  }

  forgetPending(position: number, clientKey: string): Promise<void> {
    return this.storage.remove("pending", `${this.attempt}:${position}:${clientKey}`);
  }

  async anchor(): Promise<Anchor | null> {
    return (await this.storage.all<Anchor>("anchors", this.attempt))[0]?.[1] ?? null;
  }

  keepAnchor(anchor: Anchor): void {
    void this.storage.put("anchors", this.attempt, anchor);
  }

  private key(position: number, language: string, writer: string): string {
    return `${this.attempt}:${position}:${language}:${writer}`;
  }
}

function lockOf(writer: string): string {
  return `assessor:${writer}`;
}

async function livingWriters(): Promise<Set<string>> {
  const { held = [] } = (await navigator.locks?.query().catch(() => undefined)) ?? {};
  return new Set(held.map(({ name }) => (name ?? "").replace(/^assessor:/, "")));
}
