// The clock: the server's time; calm until the last five minutes. It asks every few seconds whether the time has changed.
import { byId, say } from "./config";
import { get } from "./http";
import type { Heard, ServerTime } from "./servertime";

const CALM_S = 300;
const ASK_MS = 4000;
const ASK_UNSEEN_MS = 20000;

interface Told extends Heard {
  deadline: string | null;
  state: string;
  credits: string[];
}

export interface ClockEvents {
  beforeEnd(): void;
  atEnd(): void;
  goesOn(): void;
  away(): void;
  heard(): void;
}

export class Clock {
  private readonly element = byId("clock");
  private readonly text = this.element.querySelector("span") as HTMLElement;
  private readonly announcer = document.createElement("p");
  private announced = new Set<string>();
  private over = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly address: string,
    private readonly time: ServerTime,
    private readonly events: ClockEvents,
  ) {
    this.announcer.className = "visually-hidden";
    this.announcer.setAttribute("role", "status");
    document.body.append(this.announcer);
    this.tick();
    setInterval(() => this.tick(), 1000);
    this.askLater();
    addEventListener("online", () => void this.ask());
    addEventListener("visibilitychange", () => document.visibilityState === "visible" && void this.ask());
  }

  private askLater(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), document.visibilityState === "visible" ? ASK_MS : ASK_UNSEEN_MS);
  }

  async ask(): Promise<void> {
    clearTimeout(this.timer);
    try {
      const told = await get<Told>(this.address);
      this.time.hear(told, told.deadline);
      showCredits(told.credits);
      if (told.state !== "started") this.end(told.state === "paused");
      else if (this.left() > 0) this.goOn();
      this.tick();
      this.events.heard();
    } catch {
      // The next time will do: the page measures for itself in the meantime.
    }
    this.askLater();
  }

  private left(): number {
    return Math.ceil((Date.parse(this.time.deadline ?? "") - this.time.now()) / 1000);
  }

  private tick(): void {
    const left = this.left();
    if (Number.isNaN(left) || this.over) return;
    this.element.toggleAttribute("data-near", left <= CALM_S);
    this.text.textContent = words(left);
    if (left <= CALM_S) this.announce("five_minutes");
    if (left <= 60) this.announce("one_minute");
    if (left <= 3 && left > 0) this.events.beforeEnd();
    if (left <= 0) this.end(false);
  }

  private announce(what: string): void {
    if (this.announced.has(what)) return;
    this.announced.add(what);
    this.announcer.textContent = say(what);
  }

  private end(paused: boolean): void {
    if (paused) return this.events.away();
    if (this.over) return;
    this.over = true;
    this.text.textContent = say("time_over");
    this.events.atEnd();
  }

  private goOn(): void {
    if (!this.over) return;
    this.over = false;
    this.announced.clear();
    this.announcer.textContent = say("time_goes_on");
    this.events.goesOn();
  }
}

// Time that was given, each with its reason, newest last; the server writes the sentences.
function showCredits(credits: string[]): void {
  const list = byId("credits");
  if (credits.length === list.children.length) return;
  list.replaceChildren(
    ...credits.map((sentence) => {
      const item = document.createElement("li");
      item.textContent = sentence;
      return item;
    }),
  );
  list.hidden = credits.length === 0;
}

function words(left: number): string {
  if (left <= 0) return say("time_over");
  if (left > CALM_S) {
    const minutes = Math.ceil(left / 60);
    return minutes < 100 ? say("minutes_left", { minutes }) : say("hours_left", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  }
  return say("seconds_left", { minutes: Math.floor(left / 60), seconds: String(left % 60).padStart(2, "0") });
}
