// Small behaviours any page may ask for by an attribute: data-copy, data-opens, data-confirm, and menus that close.

function copyText(button: HTMLElement): void {
  const text = button.dataset.copy ?? "";
  const done = () => {
    const before = button.getAttribute("aria-label");
    const icon = button.querySelector("use");
    const address = icon?.getAttribute("href") ?? "";
    button.setAttribute("aria-label", button.dataset.copied ?? "");
    icon?.setAttribute("href", address.replace(/#.*/, "#check"));
    setTimeout(() => {
      if (before !== null) button.setAttribute("aria-label", before);
      icon?.setAttribute("href", address);
    }, 1500);
  };
  if (navigator.clipboard) void navigator.clipboard.writeText(text).then(done, () => copyBySelection(text, done));
  else copyBySelection(text, done);
}

// Without HTTPS there is no clipboard interface; an old way remains.
function copyBySelection(text: string, done: () => void): void {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  if (document.execCommand("copy")) done();
  field.remove();
}

function onClick(event: MouseEvent): void {
  const target = event.target as Element;
  const copier = target.closest<HTMLElement>("[data-copy]");
  if (copier) copyText(copier);
  const opener = target.closest<HTMLElement>("[data-opens]");
  if (opener) (document.getElementById(opener.dataset.opens ?? "") as HTMLDialogElement | null)?.showModal();
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    if (!menu.contains(target)) menu.open = false;
  }
}

function onKey(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }
}

function onSubmit(event: SubmitEvent): void {
  const question = (event.target as HTMLElement).dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
}

export function installBehaviours(): void {
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  document.addEventListener("submit", onSubmit);
}
