// The clock: the server's time, corrected by an offset; calm until the last five minutes.
import { byId, type Config, say } from "./config";
import { get } from "./http";

const CALM_S = 300;

interface Told {
  now: string;
  deadline: string | null;
  state: string;
}

export class Clock {
  private readonly element = byId("clock");
  private readonly text = this.element.querySelector("span") as HTMLElement;
  private readonly announcer = document.createElement("p");
  private offset = 0;
  private deadline: number;
  private announced = new Set<string>();
  private over = false;

  constructor(
    private readonly config: Config,
    private readonly beforeEnd: () => void,
    private readonly atEnd: () => void,
  ) {
    this.deadline = Date.parse(config.deadline ?? "");
    this.correct(config.now);
    this.announcer.className = "visually-hidden";
    this.announcer.setAttribute("role", "status");
    document.body.append(this.announcer);
    this.tick();
    setInterval(() => this.tick(), 1000);
    setInterval(() => void this.ask(), 60000);
    addEventListener("visibilitychange", () => document.visibilityState === "visible" && void this.ask());
  }

  correct(serverNow: string): void {
    this.offset = Date.parse(serverNow) - Date.now();
  }

  private async ask(): Promise<void> {
    try {
      const told = await get<Told>(this.config.urls.clock);
      this.correct(told.now);
      this.deadline = Date.parse(told.deadline ?? "");
      if (told.state !== "started") this.end();
    } catch {
      // The next time will do: the offset hardly moves.
    }
  }

  private tick(): void {
    const left = Math.ceil((this.deadline - Date.now() - this.offset) / 1000);
    if (Number.isNaN(left)) return;
    this.element.toggleAttribute("data-near", left <= CALM_S);
    this.text.textContent = words(left);
    if (left <= CALM_S) this.announce("five_minutes");
    if (left <= 60) this.announce("one_minute");
    if (left <= 3 && left > 0) this.beforeEnd();
    if (left <= 0) this.end();
  }

  private announce(what: string): void {
    if (this.announced.has(what)) return;
    this.announced.add(what);
    this.announcer.textContent = say(what);
  }

  private end(): void {
    if (this.over) return;
    this.over = true;
    this.text.textContent = say("time_over");
    this.atEnd();
  }
}

function words(left: number): string {
  if (left <= 0) return say("time_over");
  if (left > CALM_S) {
    const minutes = Math.ceil(left / 60);
    return minutes < 100 ? say("minutes_left", { minutes }) : say("hours_left", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
  }
  return say("seconds_left", { minutes: Math.floor(left / 60), seconds: String(left % 60).padStart(2, "0") });
}
