// The employer's lists by keyboard, and the assessment form's search without waiting. Everything works without this file too.

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function installKeys(): void {
  const rows = [...document.querySelectorAll<HTMLTableRowElement>("tr[data-row]")];
  let place = -1;
  const select = (next: number): void => {
    if (!rows.length) return;
    rows[place]?.classList.remove("selected");
    place = Math.max(0, Math.min(rows.length - 1, next));
    const row = rows[place];
    row?.classList.add("selected");
    row?.querySelector<HTMLAnchorElement>("a")?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: "nearest" });
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
        rows[place]?.querySelector<HTMLButtonElement>("[data-stage]")?.click();
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
  for (const [index, row] of rows.entries()) {
    row.addEventListener("focusin", () => {
      rows[place]?.classList.remove("selected");
      place = index;
      row.classList.add("selected");
    });
  }
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

installKeys();
for (const element of document.querySelectorAll<HTMLElement>("[data-needs-script]")) element.hidden = false;
const form = document.querySelector<HTMLFormElement>("[data-assessment-form]");
if (form) installAssessmentForm(form);
for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-autosubmit]")) {
  select.form?.querySelector("button")?.setAttribute("hidden", "");
  select.addEventListener("change", () => select.form?.requestSubmit());
}
