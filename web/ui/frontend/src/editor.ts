// The editor as the rest of the page sees it: the plain text area at first, CodeMirror once it has come and while it is wanted.
import { byId, type Config, type Mark } from "./config";
import type { CodeMirror } from "./codemirror";

const PLAIN = "assessor:plain";

export class EditorHost {
  private readonly area = byId<HTMLTextAreaElement>("source");
  private readonly select = byId<HTMLSelectElement>("language");
  private readonly plainButton = byId<HTMLButtonElement>("plain");
  private readonly frame = byId("editor");
  private rich: CodeMirror | null = null;
  private listeners: (() => void)[] = [];
  language: string;
  // Everything of the editor has come, or will not.
  equipped: Promise<void> = Promise.resolve();

  constructor(private readonly config: Config) {
    this.language = config.language;
    this.select.value = config.language;
    this.area.addEventListener("input", () => this.tell());
    this.plainButton.hidden = false;
    this.plainButton.addEventListener("click", () => void this.togglePlain());
    byId("reset").hidden = false;
  }

  // Bring CodeMirror, unless plain text is wanted. Should it not come, the text area stays.
  async enrich(): Promise<void> {
    if (localStorage.getItem(PLAIN) === "yes") {
      this.showPlain(true);
      return;
    }
    try {
      const { CodeMirror } = await import("./codemirror");
      this.rich = await CodeMirror.over(this.area, this.frame, {
        mode: this.mode(),
        nonce: this.config.nonce,
        label: this.area.getAttribute("aria-label") ?? "",
        describedBy: "editor-help",
        changed: () => this.tell(),
      });
      this.showPlain(false);
      this.equipped = this.rich.equip();
    } catch (error) {
      console.error(error);
      this.showPlain(true);
    }
  }

  private mode(): string {
    return this.select.selectedOptions[0]?.dataset.mode ?? "";
  }

  private async togglePlain(): Promise<void> {
    if (this.rich) {
      localStorage.setItem(PLAIN, "yes");
      this.area.value = this.rich.text();
      this.rich.destroy();
      this.rich = null;
      this.showPlain(true);
    } else {
      localStorage.removeItem(PLAIN);
      await this.enrich();
    }
    this.focus();
  }

  private showPlain(plain: boolean): void {
    this.area.hidden = !plain;
    this.plainButton.setAttribute("aria-pressed", String(plain));
    byId("editor-help").hidden = plain;
  }

  text(): string {
    return this.rich ? this.rich.text() : this.area.value;
  }

  setText(text: string): void {
    if (this.rich) this.rich.setText(text);
    else this.area.value = text;
    this.tell();
  }

  // The form must carry the same text as the script.
  copyToForm(): void {
    if (this.rich) this.area.value = this.rich.text();
  }

  async setLanguage(language: string, text: string): Promise<void> {
    this.language = language;
    this.mark([]);
    if (this.rich) await this.rich.setMode(this.mode());
    this.setText(text);
  }

  mark(marks: Mark[]): void {
    this.rich?.mark(marks);
  }

  insert(text: string): void {
    if (this.rich) return this.rich.insert(text);
    this.area.setRangeText(text, this.area.selectionStart, this.area.selectionEnd, "end");
    this.tell();
  }

  undo(): void {
    if (this.rich) this.rich.undo();
    else document.execCommand("undo");
  }

  move(by: number): void {
    if (this.rich) return this.rich.move(by);
    const place = Math.max(0, this.area.selectionEnd + by);
    this.area.setSelectionRange(place, place);
  }

  focus(): void {
    if (this.rich) this.rich.focus();
    else this.area.focus();
  }

  freeze(): void {
    this.area.readOnly = true;
    this.rich?.freeze();
  }

  thaw(): void {
    this.area.readOnly = false;
    this.rich?.thaw();
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
