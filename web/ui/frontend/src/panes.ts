// Where things stand: the divider between task and code on a wide screen, three tabs on a narrow one. Remembered.
import { byId } from "./config";

const WIDTH = "assessor:task-width";

export class Panes {
  private readonly panes = byId("main");
  private readonly divider = byId("divider");
  private readonly tabs = byId("pane-tabs");

  constructor() {
    this.divider.hidden = false;
    this.divider.addEventListener("pointerdown", (event) => this.drag(event));
    this.divider.addEventListener("keydown", (event) => this.key(event));
    this.divider.addEventListener("dblclick", () => this.setWidth(42));
    const kept = Number(localStorage.getItem(WIDTH));
    if (kept) this.setWidth(kept);
    this.tabs.addEventListener("click", (event) => {
      const tab = (event.target as Element).closest<HTMLElement>("[data-pane]");
      if (!tab) return;
      event.preventDefault();
      this.show(tab.dataset.pane ?? "task");
    });
  }

  show(pane: string): void {
    this.panes.dataset.pane = pane;
    for (const tab of this.tabs.querySelectorAll<HTMLElement>("[data-pane]")) {
      if (tab.dataset.pane === pane) tab.setAttribute("aria-current", "true");
      else tab.removeAttribute("aria-current");
    }
    if (pane === "result") this.news(false);
  }

  // A point on the Result tab while something new is there and another tab is open.
  news(there: boolean): void {
    byId("result-dot").hidden = !there || this.panes.dataset.pane === "result";
  }

  get narrow(): boolean {
    return getComputedStyle(this.tabs).display !== "none";
  }

  private setWidth(percent: number): void {
    const width = Math.min(70, Math.max(20, percent));
    this.panes.style.setProperty("--task-width", `${width}%`);
    this.divider.setAttribute("aria-valuenow", String(Math.round(width)));
    localStorage.setItem(WIDTH, String(width));
  }

  private drag(event: PointerEvent): void {
    event.preventDefault();
    const box = this.panes.getBoundingClientRect();
    const rtl = document.documentElement.dir === "rtl";
    const move = (now: PointerEvent) => this.setWidth(((rtl ? box.right - now.clientX : now.clientX - box.left) / box.width) * 100);
    const stop = () => removeEventListener("pointermove", move);
    addEventListener("pointermove", move);
    addEventListener("pointerup", stop, { once: true });
  }

  private key(event: KeyboardEvent): void {
    const towards = { ArrowLeft: -2, ArrowRight: 2 }[event.key];
    if (!towards) return;
    event.preventDefault();
    const sign = document.documentElement.dir === "rtl" ? -1 : 1;
    this.setWidth(Number(this.divider.getAttribute("aria-valuenow")) + towards * sign);
  }
}
