// A candidate's report beside the list on wide screens. Without this file, or on a narrow screen, it is a page of its own;
// its address is the page's in both cases, so that it can be copied, loaded again and left by "back".
import { showLocalTimes } from "./moments";

const WIDE = "(min-width: 1200px)";
const ANSWERS_WITH_A_REPORT = [200, 409, 422];

interface Showing {
  focus: boolean;
  keepPlace?: boolean;
}

export class Beside {
  private readonly wide = matchMedia(WIDE);
  private readonly list = { address: location.href, title: document.title };
  private readonly title: HTMLElement;
  private readonly body: HTMLElement;
  private loading: AbortController | null = null;

  constructor(
    private readonly frame: HTMLElement,
    private readonly side: HTMLElement,
    private readonly marked: (address: string | null) => void,
    private readonly changed: (list: Document) => void,
  ) {
    this.title = side.querySelector<HTMLElement>("[data-side-title]")!;
    this.body = side.querySelector<HTMLElement>("[data-side-body]")!;
    side.querySelector("[data-side-close]")?.addEventListener("click", () => this.close());
    side.addEventListener("click", (event) => this.followed(event));
    document.addEventListener("submit", (event) => this.submitted(event));
    addEventListener("popstate", () => this.travelled());
    this.wide.addEventListener("change", () => {
      if (!this.wide.matches && this.isOpen) location.reload();
    });
  }

  get isPossible(): boolean {
    return this.wide.matches;
  }

  get isOpen(): boolean {
    return !this.side.hidden;
  }

  async open(address: string, focus: boolean): Promise<void> {
    if (this.isOpen) history.replaceState({ beside: true }, "", address);
    else history.pushState({ beside: true }, "", address);
    await this.load(address, { focus });
  }

  close(): void {
    if (this.isOpen) history.back();
  }

  focusStage(): void {
    this.side.querySelector<HTMLElement>("#stage input:checked")?.focus();
  }

  private async load(address: string, showing: Showing): Promise<void> {
    const answer = await this.ask(address);
    if (answer === "superseded") return;
    if (answer === null || !this.show(answer, showing)) location.assign(address);
  }

  // The page behind an address; null when there is none to show here (signed out, gone, no network).
  private async ask(address: string, request: RequestInit = {}): Promise<Document | "superseded" | null> {
    this.loading?.abort();
    const loading = (this.loading = new AbortController());
    this.side.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { ...request, headers: { Accept: "text/html" }, signal: loading.signal });
      if (!ANSWERS_WITH_A_REPORT.includes(answer.status)) return null;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return loading.signal.aborted ? "superseded" : page;
    } catch {
      return loading.signal.aborted ? "superseded" : null;
    } finally {
      if (this.loading === loading) this.side.removeAttribute("aria-busy");
    }
  }

  private show(page: Document, { focus, keepPlace = false }: Showing): boolean {
    const main = page.querySelector("main");
    const heading = main?.querySelector("h1");
    if (!main?.querySelector(".report") || !heading) return false;
    this.title.replaceChildren(...heading.childNodes);
    heading.remove();
    for (const outside of main.querySelectorAll(".breadcrumb, .head nav")) outside.remove();
    const place = keepPlace ? this.side.scrollTop : 0;
    this.body.replaceChildren(...main.children);
    showLocalTimes(this.body);
    this.side.setAttribute("aria-label", this.title.textContent ?? "");
    this.side.hidden = false;
    if (!this.frame.classList.contains("open")) this.unfold();
    document.title = page.title;
    const own = this.side.querySelector<HTMLAnchorElement>("[data-side-page]");
    if (own) own.href = location.href;
    this.marked(location.href);
    this.side.scrollTop = place;
    const target = location.hash ? this.body.querySelector(location.hash) : null;
    if (target && !keepPlace) this.side.scrollTop += target.getBoundingClientRect().top - this.side.getBoundingClientRect().top - 64;
    if (focus) this.side.focus({ preventScroll: true });
    return true;
  }

  // The report begins where the list does: bring that to the top, as far as the row that was opened stays in sight.
  private unfold(): void {
    this.frame.classList.add("open");
    const under = this.side.getBoundingClientRect().top - parseFloat(getComputedStyle(this.side).top);
    const row = this.frame.querySelector("tr.selected")?.getBoundingClientRect().top ?? Infinity;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const far = Math.min(under, row - 160);
    if (far > 0) scrollBy({ top: far, behavior: calm ? "instant" : "smooth" });
  }

  private hide(): void {
    this.loading?.abort();
    this.side.hidden = true;
    this.body.replaceChildren();
    this.frame.classList.remove("open");
    document.title = this.list.title;
    this.marked(null);
  }

  private travelled(): void {
    if (history.state?.beside) void this.load(location.href, { focus: false });
    else if (location.href.replace(/#.*/, "") === this.list.address.replace(/#.*/, "")) this.hide();
    else location.reload();
  }

  // Another submission of the same candidate stays here; every other link leads where it says.
  private followed(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>(".submissions a");
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    void this.open(link.href, true);
  }

  private submitted(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || !this.body.contains(form)) return;
    event.preventDefault();
    void this.send(form);
  }

  private async send(form: HTMLFormElement): Promise<void> {
    const body = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    const answer = await this.ask(form.action, { method: "POST", body });
    if (answer === "superseded") return;
    if (answer === null || !this.show(answer, { focus: true, keepPlace: true })) return form.submit();
    const list = await fetch(this.list.address, { headers: { Accept: "text/html" } }).catch(() => null);
    if (list?.ok) this.changed(new DOMParser().parseFromString(await list.text(), "text/html"));
  }
}

export function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}
