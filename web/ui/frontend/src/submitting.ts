// Runs and submissions on their way. Each press of a button has one key, so that sending it again is the same submission.
import { type Config, randomKey, say } from "./config";
import { Backoff, post, Refused } from "./http";
import type { Journal } from "./journal";
import type { Outgoing, Pending } from "./late";
import type { Panel, ResultPanel } from "./panel";
import type { ServerTime } from "./servertime";

export class Submitting {
  sending = false;

  constructor(
    private readonly config: Config,
    private readonly journal: Journal,
    private readonly time: ServerTime,
    private readonly panel: ResultPanel,
    private readonly buttons: HTMLButtonElement[],
    private readonly onOver: () => void,
  ) {}

  // A submission that was on its way when the page went: send it, with its own key.
  async resume(): Promise<void> {
    for (const pending of await this.journal.pending<Pending>(this.config.position)) {
      if (!(await this.journal.isLiving(pending.writer))) await this.send(pending, true);
    }
  }

  async start(outgoing: Omit<Outgoing, "client_key">): Promise<void> {
    if (this.sending) return;
    const { position } = this.config;
    await this.send({ ...outgoing, client_key: randomKey(), position, writer: this.journal.writer, ...this.time.stamp() }, false);
  }

  private async send(pending: Pending, again: boolean): Promise<void> {
    this.busy(true);
    this.panel.leave();
    this.panel.say(say(again ? "sending_again" : "sending"));
    if (pending.kind === "submission") await this.journal.keepPending(pending.position, pending.client_key, pending);
    try {
      const panel = await this.untilAnswered(pending);
      await this.forget(pending);
      this.panel.show(panel);
      if (!panel.finished) this.panel.follow(panel.id);
    } catch (error) {
      // The end came first: it stays in the journal, and goes on its way as late work.
      if (error instanceof Refused && (error.problem.code === "time_over" || error.problem.code === "finished")) this.onOver();
      else await this.forget(pending);
      this.panel.say(say("not_sent", { reason: (error as Error).message }), "bad");
    } finally {
      this.busy(false);
    }
  }

  private forget(pending: Pending): Promise<void> {
    return this.journal.forgetPending(pending.position, pending.client_key);
  }

  // Only the server's own no ends it; a lost connection does not. A run that is put off must not keep a submission waiting.
  private async untilAnswered({ kind, language, source, client_key, custom_input }: Pending): Promise<Panel> {
    const backoff = new Backoff();
    for (;;) {
      try {
        return await post<Panel>(this.config.urls.submissions, { kind, language, source, client_key, custom_input });
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
    // Not `disabled`: that would take the focus away from whoever has pressed it by keyboard.
    for (const button of this.buttons) button.setAttribute("aria-disabled", String(busy));
  }
}
