// What the server tells the workspace's script, once, in the page.

export interface Mark {
  line: number;
  message: string;
}

export interface SavedText {
  source: string;
  sequence: number;
  writer: string;
  saved_at: string;
}

export interface Config {
  attempt: string;
  position: number;
  positions: number[];
  urls: { draft: string; submissions: string; panels: string; clock: string; tasks: string; worker: string; end: string };
  now: string;
  moment: string;
  deadline: string | null;
  language: string;
  texts: Record<string, SavedText>;
  starters: Record<string, string>;
  result: { id: string; finished: boolean; language: string; marks: Mark[] } | null;
  nonce: string;
  words: Record<string, string>;
}

export function readConfig(): Config {
  const element = document.getElementById("desk-config");
  return JSON.parse(element?.dataset.config ?? "{}") as Config;
}

let sentences: Record<string, string> = {};

export function learnWords(words: Record<string, string>): void {
  sentences = words;
}

// A sentence of the server's catalogue with its {places} filled in.
export function say(name: string, values: Record<string, string | number> = {}): string {
  return (sentences[name] ?? name).replace(/\{(\w+)\}/g, (_, place: string) => String(values[place] ?? ""));
}

export function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no #${id}`);
  return element as T;
}

export function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
