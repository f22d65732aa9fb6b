// The result panel: follows one submission until its result is there, by a stream, or by asking where no stream can be had.
import { byId, type Mark, say } from "./config";
import { get, Refused } from "./http";

export interface Panel {
  id: string;
  kind: "run" | "submission";
  finished: boolean;
  html: string;
  marks: Mark[];
  tasks: Record<string, string>;
  state: string;
  now: string;
}

const ASK_MS = 1500;

export class ResultPanel {
  private readonly element = byId("panel");
  private source: EventSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private following = "";

  constructor(
    private readonly address: string,
    private readonly shown: (panel: Panel) => void,
  ) {}

  show(panel: Panel): void {
    this.element.innerHTML = panel.html;
    for (const [position, mark] of Object.entries(panel.tasks)) markStep(position, mark);
    this.shown(panel);
  }

  say(sentence: string, kind: "info" | "bad" = "info"): void {
    const line = document.createElement("p");
    line.className = `sending ${kind === "bad" ? "bad-text" : "muted"}`;
    line.textContent = sentence;
    this.element.replaceChildren(line);
  }

  follow(id: string): void {
    this.leave();
    this.following = id;
    this.source = new EventSource(`${this.address}/${id}/events`);
    this.source.addEventListener("panel", (event) => this.take(JSON.parse((event as MessageEvent<string>).data) as Panel));
    this.source.addEventListener("error", () => {
      // The browser connects again by itself unless the server has refused; then we ask.
      if (this.source?.readyState === EventSource.CLOSED) void this.ask(id);
    });
  }

  leave(): void {
    this.source?.close();
    this.source = null;
    clearTimeout(this.timer);
    this.following = "";
  }

  private take(panel: Panel): void {
    if (panel.id !== this.following) return;
    if (panel.finished) this.leave();
    this.show(panel);
  }

  private async ask(id: string): Promise<void> {
    if (id !== this.following) return;
    try {
      this.take(await get<Panel>(`${this.address}/${id}`));
    } catch (error) {
      if (error instanceof Refused && !error.passing) return this.say(error.problem.detail, "bad");
      if (!this.element.querySelector(".sending")) this.say(say("follow_lost"));
    }
    this.timer = setTimeout(() => void this.ask(id), ASK_MS);
  }
}

function markStep(position: string, mark: string): void {
  document.querySelector<HTMLElement>(`[data-step="${position}"]`)?.setAttribute("data-mark", mark);
}
