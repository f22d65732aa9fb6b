// A tap on a marked word of the statement says beside it what it means, in the reader's language. A browser that cannot show a
// card follows the link: the same words stand at the end of the statement.

const GAP = 8;

export function installTerms(): void {
  const card = document.getElementById("term-card");
  if (!card || typeof card.showPopover !== "function") return;
  for (const link of document.querySelectorAll<HTMLAnchorElement>("a.term")) link.setAttribute("aria-haspopup", "dialog");
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a.term") : null;
    const meaning = link && document.getElementById(link.hash.slice(1));
    if (!link || !meaning) return;
    event.preventDefault();
    link.focus();
    card.replaceChildren(...[...meaning.children].map(asParagraph));
    card.showPopover();
    place(card, link);
    card.focus({ preventScroll: true });
  });
}

function asParagraph(part: Element): HTMLElement {
  const paragraph = document.createElement(part.tagName === "DT" ? "strong" : "p");
  paragraph.textContent = part.textContent;
  return paragraph;
}

function place(card: HTMLElement, link: HTMLElement): void {
  const [line] = link.getClientRects();
  if (!line) return;
  const inside = (wanted: number, size: number, room: number) => Math.max(GAP, Math.min(wanted, room - size - GAP));
  const rightToLeft = getComputedStyle(link).direction === "rtl";
  card.style.left = `${inside(rightToLeft ? line.right - card.offsetWidth : line.left, card.offsetWidth, innerWidth)}px`;
  const below = line.bottom + GAP;
  const fits = below + card.offsetHeight + GAP <= innerHeight;
  card.style.top = `${inside(fits ? below : line.top - card.offsetHeight - GAP, card.offsetHeight, innerHeight)}px`;
}
