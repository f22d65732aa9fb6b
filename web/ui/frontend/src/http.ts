// Requests to our own server: JSON out and in, with the token that proves they come from our page.

export interface Problem {
  code: string;
  detail: string;
  [more: string]: unknown;
}

// The server answered and said no.
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    readonly retryAfter: number,
  ) {
    super(problem.detail);
  }

  // Whether the same request may succeed later: too many at once, or something of the server's is down.
  get passing(): boolean {
    return this.status === 429 || this.status >= 500;
  }

  // Whether the server itself has said what is wrong, and not something on the way to it.
  get explained(): boolean {
    return this.problem.code !== "unknown";
  }
}

// The server could not be reached, or broke off.
export class Unreachable extends Error {}

function token(): string {
  return document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";
}

async function answer<T>(request: Promise<Response>): Promise<T> {
  let response: Response;
  try {
    response = await request;
  } catch {
    throw new Unreachable();
  }
  if (response.ok) {
    try {
      return (await response.json()) as T;
    } catch {
      throw new Unreachable();
    }
  }
  const problem = (await response.json().catch(() => ({ code: "unknown", detail: response.statusText }))) as Problem;
  throw new Refused(response.status, problem, Number(response.headers.get("Retry-After") ?? 0));
}

export function get<T>(url: string): Promise<T> {
  return answer<T>(fetch(url, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(15000) }));
}

export function post<T>(url: string, body: unknown, keepalive = false): Promise<T> {
  const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token() };
  const signal = keepalive ? undefined : AbortSignal.timeout(60000);
  return answer<T>(fetch(url, { method: "POST", headers, body: JSON.stringify(body), keepalive, signal }));
}

// Waits longer after each failure: 1, 2, 4 … 20 seconds, a little different for everybody; at once when the network returns.
export class Backoff {
  private failures = 0;

  reset(): void {
    this.failures = 0;
  }

  pause(atLeast = 0): Promise<void> {
    const seconds = Math.max(atLeast, Math.min(20, 2 ** this.failures++)) * (0.8 + Math.random() * 0.4);
    return new Promise((resolve) => {
      const timer = setTimeout(done, seconds * 1000);
      function done() {
        clearTimeout(timer);
        removeEventListener("online", done);
        resolve();
      }
      addEventListener("online", done);
    });
  }
}
