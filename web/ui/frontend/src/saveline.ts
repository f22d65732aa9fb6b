// The save line: always true, always in sight.
import { byId, say } from "./config";
import { clockTime } from "./moments";

export type SaveState = "empty" | "unsaved" | "kept" | "saving" | "saved" | "offline" | "offline_open" | "save_waits" | "refused";

const ICONS: Record<SaveState, string> = {
  empty: "check",
  unsaved: "circle-dashed",
  kept: "circle-dashed",
  saving: "circle-dashed",
  saved: "check",
  offline: "cloud-off",
  offline_open: "cloud-off",
  save_waits: "triangle-alert",
  refused: "triangle-alert",
};

export class SaveLine {
  private readonly element = byId("save-line");
  private readonly text = this.element.querySelector("span") as HTMLElement;
  private readonly icon = this.element.querySelector("use");
  private state: SaveState = "empty";
  private detail: { at?: Date; reason?: string } = {};
  private tested = false;

  show(state: SaveState, detail: { at?: Date; reason?: string } = {}): void {
    this.state = state;
    this.detail = detail;
    this.element.dataset.state = state;
    this.icon?.setAttribute("href", `${document.body.dataset.icons}#${ICONS[state]}`);
    this.write();
  }

  // Whether what was handed in is being tested now.
  testing(tested: boolean): void {
    this.tested = tested;
    this.write();
  }

  private write(): void {
    const at = this.detail.at ? clockTime(this.detail.at, true) : "";
    const name = this.state === "saved" && this.tested ? "saved_testing" : this.state;
    this.text.textContent = this.state === "empty" ? "" : say(name, { time: at, reason: this.detail.reason ?? "" });
    this.element.title = this.text.textContent;
  }
}
