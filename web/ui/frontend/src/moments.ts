// Moments in the reader's own time zone. The server writes them in UTC and says so; the full UTC text stays as the tooltip.
// Browsers know fewer languages than the pages have: the names of the months come with the page, digits are Latin everywhere.

const two = (number: number) => String(number).padStart(2, "0");

export function clockTime(at: Date, seconds = false): string {
  return [at.getHours(), at.getMinutes(), ...(seconds ? [at.getSeconds()] : [])].map(two).join(":");
}

function words(at: Date, kind: string): string {
  const { months = "", comma = "," } = document.documentElement.dataset;
  const date = `${at.getDate()} ${months.split("|")[at.getMonth()] ?? two(at.getMonth() + 1)} ${at.getFullYear()}`;
  if (kind === "date") return date;
  if (kind === "time") return clockTime(at, true);
  return `${date}${comma} ${clockTime(at)}`;
}

export function showLocalTimes(root: ParentNode): void {
  for (const element of root.querySelectorAll<HTMLTimeElement>("time[data-moment]")) {
    const kind = element.dataset.moment ?? "";
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    if (kind === "tooltip") {
      element.title = words(at, "datetime");
      continue;
    }
    if (kind !== "date") element.title = element.textContent ?? "";
    element.textContent = words(at, kind);
  }
}
