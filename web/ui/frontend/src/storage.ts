// The browser's database, with which the journal outlives reloads and crashes. Where there is none, memory has to do.

export type Shelf = "texts" | "history" | "pending" | "anchors";

const NAME = "assessor";
const SHELVES: Shelf[] = ["texts", "history", "pending", "anchors"];

function open(): Promise<IDBDatabase | null> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open(NAME, 1);
      request.onupgradeneeded = () => SHELVES.forEach((shelf) => request.result.createObjectStore(shelf));
      request.onerror = () => resolve(null);
      request.onsuccess = () => {
        // Another page of ours that clears this device must not have to wait for this one.
        request.result.onversionchange = () => request.result.close();
        resolve(request.result);
      };
    } catch {
      resolve(null);
    }
  });
}

export class Storage {
  private readonly database = open();
  private readonly memory = new Map<string, unknown>();

  // Whether what is put here is still there after a crash.
  async lasts(): Promise<boolean> {
    return (await this.database) !== null;
  }

  // True when the value is safe on the device. Puts of one page take effect in their order.
  async put(shelf: Shelf, key: string, value: unknown): Promise<boolean> {
    return (await this.change(shelf, (store) => store.put(value, key))) || (this.memory.set(`${shelf}|${key}`, value), false);
  }

  async remove(shelf: Shelf, key: string): Promise<void> {
    this.memory.delete(`${shelf}|${key}`);
    await this.change(shelf, (store) => store.delete(key));
  }

  // Every value whose key begins so, in the order of the keys.
  async all<T>(shelf: Shelf, prefix: string): Promise<[string, T][]> {
    const database = await this.database;
    const start = `${shelf}|${prefix}`;
    const remembered = [...this.memory].filter(([key]) => key.startsWith(start)).map(([key, value]) => [key.slice(shelf.length + 1), value] as [string, T]);
    if (!database) return remembered.sort(([a], [b]) => (a < b ? -1 : 1));
    try {
      const store = database.transaction(shelf).objectStore(shelf);
      const range = IDBKeyRange.bound(prefix, prefix + "\uffff");
      const [keys, values] = await Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))]);
      return [...keys.map((key, place) => [String(key), values[place] as T] as [string, T]), ...remembered];
    } catch {
      return remembered;
    }
  }

  private async change(shelf: Shelf, act: (store: IDBObjectStore) => void): Promise<boolean> {
    const database = await this.database;
    if (!database) return false;
    return new Promise((resolve) => {
      try {
        const transaction = database.transaction(shelf, "readwrite");
        transaction.oncomplete = () => resolve(true);
        transaction.onabort = () => resolve(false);
        act(transaction.objectStore(shelf));
        // Without waiting for the request: a page that crashes in the next moment has handed it over.
        transaction.commit();
      } catch {
        resolve(false);
      }
    });
  }
}

// Everything of ours on this device. An open page of ours lets go of the database when it is asked to.
export function forgetDevice(): Promise<void> {
  return new Promise((resolve) => {
    try {
      localStorage.clear();
      sessionStorage.clear();
      const request = indexedDB.deleteDatabase(NAME);
      request.onsuccess = request.onerror = request.onblocked = () => resolve();
    } catch {
      resolve();
    }
  });
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
