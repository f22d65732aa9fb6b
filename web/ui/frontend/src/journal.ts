// What has not reached the server yet, kept on the device: text as it is typed, and a submission on its way.

export interface Entry {
  source: string;
  base: number;
}

function read<T>(key: string): T | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null") as T | null;
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage costs the second net, not the first.
  }
}

export class Journal {
  constructor(private readonly place: string) {}

  text(language: string): Entry | null {
    return read<Entry>(`${this.place}:text:${language}`);
  }

  keepText(language: string, entry: Entry | null): void {
    write(`${this.place}:text:${language}`, entry);
  }

  pending<T>(): T | null {
    return read<T>(`${this.place}:pending`);
  }

  keepPending(pending: unknown): void {
    write(`${this.place}:pending`, pending);
  }
}
