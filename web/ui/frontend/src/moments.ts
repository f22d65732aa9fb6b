// Moments in the reader's own time zone. The server writes them in UTC and says so; the full UTC text stays as the tooltip.

const LOCALES: Record<string, string> = { en: "en-GB", sv: "sv-SE", ar: "ar-u-ca-gregory-nu-latn" };
const DATE: Intl.DateTimeFormatOptions = { day: "numeric", month: "short", year: "numeric" };
const TIME: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

function words(at: Date, kind: string, language: string): string {
  const locale = LOCALES[language] ?? language;
  const time = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options).format(at);
  if (kind === "date") return time(DATE);
  if (kind === "time") return time({ ...TIME, second: "2-digit" });
  return `${time(DATE)}${language === "ar" ? "،" : ","} ${time(TIME)}`;
}

export function showLocalTimes(root: ParentNode): void {
  const language = document.documentElement.lang;
  for (const element of root.querySelectorAll<HTMLTimeElement>("time[data-moment]")) {
    const kind = element.dataset.moment ?? "";
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    if (kind === "tooltip") {
      element.title = words(at, "datetime", language);
      continue;
    }
    if (kind !== "date") element.title = element.textContent ?? "";
    element.textContent = words(at, kind, language);
  }
}
