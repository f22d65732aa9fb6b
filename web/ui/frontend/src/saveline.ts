// The save line: always true, always in sight.
import { byId, say } from "./config";
import { clockTime } from "./moments";

export type SaveState = "empty" | "unsaved" | "saving" | "saved" | "offline" | "save_waits" | "refused";

const ICONS: Record<SaveState, string> = {
  empty: "check",
  unsaved: "circle-dashed",
  saving: "circle-dashed",
  saved: "check",
  offline: "cloud-off",
  save_waits: "triangle-alert",
  refused: "triangle-alert",
};

export class SaveLine {
  private readonly element = byId("save-line");
  private readonly text = this.element.querySelector("span") as HTMLElement;
  private readonly icon = this.element.querySelector("use");
  private readonly withSeconds = !matchMedia("(max-width: 720px)").matches;

  show(state: SaveState, detail: { at?: Date; reason?: string } = {}): void {
    this.element.dataset.state = state;
    this.icon?.setAttribute("href", `${document.body.dataset.icons}#${ICONS[state]}`);
    const at = detail.at ? clockTime(detail.at, this.withSeconds) : "";
    this.text.textContent = state === "empty" ? "" : say(state, { time: at, reason: detail.reason ?? "" });
    this.element.title = this.text.textContent;
  }
}
