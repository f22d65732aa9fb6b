// A table that fits its frame need not scroll inside it: then its head can stay under the bar while the page scrolls.

export function keepHeadsInSight(): void {
  const watcher = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const frame = target.closest(".card.table");
      const table = frame?.querySelector("table");
      if (frame && table) frame.classList.toggle("fits", table.offsetWidth <= frame.clientWidth);
    }
  });
  for (const frame of document.querySelectorAll(".card.table")) {
    watcher.observe(frame);
    for (const table of frame.querySelectorAll("table")) watcher.observe(table);
  }
}
