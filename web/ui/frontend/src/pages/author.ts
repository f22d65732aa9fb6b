// Upload by drag and drop, and a proof that is seen growing. Both pages work without: the file is chosen, the page loaded again.

const EVERY_MS = 1000;

function installDropzones(): void {
  for (const zone of document.querySelectorAll<HTMLElement>("[data-dropzone]")) {
    const input = zone.querySelector<HTMLInputElement>("input[type=file]");
    if (!input) continue;
    for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (event) => mark(event, zone, true));
    for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, (event) => mark(event, zone, false));
    zone.addEventListener("drop", (event) => {
      if (!event.dataTransfer?.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
    });
    input.addEventListener("change", () => sayWhenTooLarge(input));
  }
}

function mark(event: Event, zone: HTMLElement, over: boolean): void {
  event.preventDefault();
  zone.classList.toggle("over", over);
}

function sayWhenTooLarge(input: HTMLInputElement): void {
  const tooLarge = (input.files?.[0]?.size ?? 0) > Number(input.dataset.largest);
  input.setCustomValidity(tooLarge ? (input.dataset.tooLarge ?? "") : "");
  if (tooLarge) input.reportValidity();
}

async function follow(place: HTMLElement, address: string): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    if (document.hidden) continue;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok) continue;
      if (answer.headers.get("Assessor-Finished") === "1") return location.reload();
      const html = await answer.text();
      if (html !== place.dataset.shown) place.innerHTML = place.dataset.shown = html;
      place.querySelector("[data-live-hidden]")?.remove();
    } catch {
      // The network is away for a moment; what is shown stays, and the next round asks again.
    }
  }
}

installDropzones();
for (const place of document.querySelectorAll<HTMLElement>("[data-live]")) {
  place.querySelector("[data-live-hidden]")?.remove();
  void follow(place, place.dataset.live ?? "");
}
