// Runs and submissions on their way. Each press of a button has one key, so that sending it again is the same submission.
import { type Config, randomKey, say } from "./config";
import { Backoff, post, Refused } from "./http";
import type { Journal } from "./journal";
import type { Panel, ResultPanel } from "./panel";

export interface Outgoing {
  kind: "run" | "submission";
  language: string;
  source: string;
  client_key: string;
  custom_input?: string;
}

export class Submitting {
  private sending = false;

  constructor(
    private readonly config: Config,
    private readonly journal: Journal,
    private readonly panel: ResultPanel,
    private readonly buttons: HTMLButtonElement[],
  ) {}

  // A submission that was on its way when the page went: send it, with its own key.
  resume(): void {
    const pending = this.journal.pending<Outgoing>();
    if (pending) void this.send(pending, true);
  }

  async start(outgoing: Omit<Outgoing, "client_key">): Promise<void> {
    if (this.sending) return;
    await this.send({ ...outgoing, client_key: randomKey() }, false);
  }

  private async send(outgoing: Outgoing, again: boolean): Promise<void> {
    this.busy(true);
    this.panel.leave();
    this.panel.say(say(again ? "sending_again" : "sending"));
    if (outgoing.kind === "submission") this.journal.keepPending(outgoing);
    try {
      const panel = await this.untilAnswered(outgoing);
      this.panel.show(panel);
      if (!panel.finished) this.panel.follow(panel.id);
    } catch (error) {
      this.panel.say(say("not_sent", { reason: (error as Error).message }), "bad");
    } finally {
      this.journal.keepPending(null);
      this.busy(false);
    }
  }

  // Only the server's own no ends it; a lost connection does not. A run that is put off must not keep a submission waiting.
  private async untilAnswered(outgoing: Outgoing): Promise<Panel> {
    const backoff = new Backoff();
    for (;;) {
      try {
        return await post<Panel>(this.config.urls.submissions, outgoing);
      } catch (error) {
        if (error instanceof Refused && (error.status < 500 || error.problem.code === "runs_paused")) throw error;
        const told = error instanceof Refused && error.explained;
        this.panel.say(told ? say("sending_waits", { reason: error.problem.detail }) : say("sending_again"));
        await backoff.pause(error instanceof Refused ? error.retryAfter : 0);
      }
    }
  }

  private busy(busy: boolean): void {
    this.sending = busy;
    for (const button of this.buttons) button.disabled = busy;
  }
}
