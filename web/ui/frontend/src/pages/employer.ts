// The employer's lists by keyboard, reports beside them, and the assessment form's search without waiting. Everything works
// without this file too.
import { Beside, isPlain } from "../beside";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

const OPENS_AFTER_MS = 120;

function openLink(row: Element | undefined): HTMLAnchorElement | null {
  return row?.querySelector<HTMLAnchorElement>("a[data-open]") ?? null;
}

function installBeside(): Beside | null {
  const frame = document.querySelector<HTMLElement>("[data-beside]");
  const side = frame?.querySelector<HTMLElement>("[data-side]");
  if (!frame || !side) return null;
  const rows = [...frame.querySelectorAll<HTMLTableRowElement>("tr[data-row]")];
  const mark = (address: string | null): void => {
    for (const row of rows) {
      const link = openLink(row);
      if (address && link?.pathname === new URL(address).pathname) link.setAttribute("aria-current", "true");
      else if (link?.hasAttribute("aria-current")) {
        link.removeAttribute("aria-current");
        if (!address) link.focus({ preventScroll: true });
      }
    }
  };
  const beside = new Beside(frame, side, mark, (list) => renewStages(rows, list));
  for (const row of rows) {
    openLink(row)?.addEventListener("click", (event) => {
      if (!beside.isPossible || !isPlain(event)) return;
      event.preventDefault();
      void beside.open((event.currentTarget as HTMLAnchorElement).href, true);
    });
  }
  return beside;
}

// What was decided beside the list is seen in it.
function renewStages(rows: HTMLTableRowElement[], list: Document): void {
  for (const row of rows) {
    const same = [...list.querySelectorAll("tr[data-row]")].find((other) => openLink(other)?.getAttribute("href") === openLink(row)?.getAttribute("href"));
    const cells = [same, row].map((one) => one?.querySelector("[data-stage-cell]"));
    const popovers = [list, document].map((page) => page.getElementById(row.querySelector("[data-stage]")?.getAttribute("popovertarget") ?? ""));
    if (cells[0] && cells[1]) cells[1].innerHTML = cells[0].innerHTML;
    if (popovers[0] && popovers[1]) popovers[1].innerHTML = popovers[0].innerHTML;
  }
}

function installKeys(beside: Beside | null): void {
  const rows = [...document.querySelectorAll<HTMLTableRowElement>("tr[data-row]")];
  let place = -1;
  let opening = 0;
  const mark = (next: number): void => {
    rows[place]?.classList.remove("selected");
    place = next;
    rows[place]?.classList.add("selected");
  };
  const select = (next: number): void => {
    if (!rows.length) return;
    mark(Math.max(0, Math.min(rows.length - 1, next)));
    const row = rows[place];
    row?.querySelector<HTMLAnchorElement>("a")?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
    const link = openLink(row);
    if (!beside?.isOpen || !link) return;
    clearTimeout(opening);
    opening = window.setTimeout(() => void beside.open(link.href, false), OPENS_AFTER_MS);
  };
  document.addEventListener("keydown", (event) => {
    if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open], :popover-open")) return;
    const follow = (selector: string): boolean => {
      const link = document.querySelector<HTMLAnchorElement>(selector);
      link?.click();
      return link !== null;
    };
    switch (event.key) {
      case "j":
        if (!follow("a[data-next]")) select(place + 1);
        break;
      case "k":
        if (!follow("a[data-previous]")) select(place - 1);
        break;
      case "s":
        if (beside?.isOpen) beside.focusStage();
        else rows[place]?.querySelector<HTMLButtonElement>("[data-stage]")?.click();
        break;
      case "Escape":
        if (!beside?.isOpen || (event.target as Element).closest("details.menu")) return;
        beside.close();
        break;
      case "/":
        document.querySelector<HTMLInputElement>("#q")?.focus();
        break;
      case "?":
        (document.getElementById("keys") as HTMLDialogElement | null)?.showModal();
        break;
      default:
        return;
    }
    event.preventDefault();
  });
  for (const [index, row] of rows.entries()) row.addEventListener("focusin", () => mark(index));
}

// A report that was opened beside its list and loaded again is a page; "back" from it must bring the list.
function reloadOnTravel(): void {
  const here = location.pathname;
  addEventListener("popstate", () => {
    if (location.pathname !== here) location.reload();
  });
}

function installAssessmentForm(form: HTMLFormElement): void {
  const rows = [...form.querySelectorAll<HTMLTableRowElement>("[data-challenge]")];
  const value = (name: string): string => (form.elements.namedItem(`find-${name}`) as HTMLInputElement).value.trim();
  const none = form.querySelector<HTMLElement>("[data-none-shown]");
  const sum = form.querySelector<HTMLElement>("[data-sum]");
  const box = (row: HTMLTableRowElement): HTMLInputElement => row.querySelector<HTMLInputElement>("input[type=checkbox]")!;
  const filter = (): void => {
    const [text, skill, difficulty, language] = [value("text").toLowerCase(), value("skill"), value("difficulty"), value("language")];
    let shown = 0;
    for (const row of rows) {
      const data = row.dataset;
      const fits =
        (data.find ?? "").includes(text) &&
        (!skill || (data.skills ?? "").split(" ").includes(skill)) &&
        (!difficulty || data.difficulty === difficulty) &&
        (!language || (data.languages ?? "").split(" ").includes(language));
      row.hidden = !fits && !box(row).checked;
      if (!row.hidden) shown++;
    }
    if (none) none.hidden = shown > 0;
  };
  const count = (): void => {
    let chosen = 0;
    for (const row of rows) {
      row.classList.toggle("selected", box(row).checked);
      if (box(row).checked) chosen++;
    }
    if (sum) sum.textContent = chosen ? `✓ ${chosen.toLocaleString(document.documentElement.lang)}` : "";
  };
  const order = (row: HTMLTableRowElement): HTMLInputElement => row.querySelector<HTMLInputElement>("input[name^=order]")!;
  form.addEventListener("input", (event) => {
    if ((event.target as HTMLInputElement).name.startsWith("find-")) filter();
  });
  form.addEventListener("change", (event) => {
    const changed = rows.find((row) => box(row) === event.target);
    if (changed) {
      const numbers = rows.filter((row) => box(row).checked && row !== changed).map((row) => Number(order(row).value) || 0);
      order(changed).value = box(changed).checked ? String(Math.max(0, ...numbers) + 1) : "";
      count();
    }
  });
  form.querySelector<HTMLElement>("[data-filter-button]")?.setAttribute("hidden", "");
  filter();
  count();
}

const beside = installBeside();
if (!beside) reloadOnTravel();
installKeys(beside);
for (const element of document.querySelectorAll<HTMLElement>("[data-needs-script]")) element.hidden = false;
const form = document.querySelector<HTMLFormElement>("[data-assessment-form]");
if (form) installAssessmentForm(form);
for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-autosubmit]")) {
  select.form?.querySelector("button")?.setAttribute("hidden", "");
  select.addEventListener("change", () => select.form?.requestSubmit());
}
