// The server's time, the only one that counts: the last moment it told, and what has passed since by this page's own measure.
// The device's clock is asked for differences only, so one that is wrong by a day changes nothing.

export interface Heard {
  now: string;
  moment: string;
}

// What outlives the page: the moment, the device's clock then, and the deadline as it was known.
export interface Anchor {
  server: number;
  device: number;
  moment: string;
  deadline: string | null;
}

// For the server to judge whether a text was written in time: its own signed moment, and what had passed since.
export interface Stamp {
  moment: string;
  elapsed_ms: number;
}

const LONGEST_SLEEP_MS = 8 * 3600 * 1000;

export class ServerTime {
  private server: number;
  private device = Date.now();
  private tick = performance.now();
  private moment: string;
  deadline: string | null;

  constructor(
    told: { now: string; moment: string; deadline: string | null },
    private readonly heard: (anchor: Anchor) => void,
  ) {
    this.server = Date.parse(told.now);
    this.moment = told.moment;
    this.deadline = told.deadline;
  }

  // A page from the device's own store is older than what its last visit heard: that counts then.
  adopt(anchor: Anchor | null): void {
    if (!anchor || anchor.server <= this.server) return this.remember();
    const away = Math.max(0, Date.now() - anchor.device);
    this.server = anchor.server + away;
    this.moment = anchor.moment;
    this.away = away;
    this.deadline = anchor.deadline;
  }
  private away = 0;

  hear(told: Heard, deadline: string | null = this.deadline): void {
    this.server = Date.parse(told.now);
    this.device = Date.now();
    this.tick = performance.now();
    this.moment = told.moment || this.moment;
    this.away = 0;
    this.deadline = deadline;
    this.remember();
  }

  now(): number {
    return this.server + this.passed();
  }

  stamp(): Stamp {
    return { moment: this.moment, elapsed_ms: Math.round(this.away + this.passed()) };
  }

  // The page's own measure stands still while some devices sleep; the device's clock does not, but can be set to anything.
  private passed(): number {
    const measured = performance.now() - this.tick;
    const asleep = Date.now() - this.device - measured;
    return asleep > 1000 && asleep < LONGEST_SLEEP_MS ? measured + asleep : measured;
  }

  private remember(): void {
    this.heard({ server: this.server, device: this.device, moment: this.moment, deadline: this.deadline });
  }
}
