// Parts of a page that follow what the server says: those with data-live are written anew from the page as it is now.

export async function renew(): Promise<void> {
  const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const found = fresh.getElementById(old.id);
    if (!found) continue;
    if (old.innerHTML !== found.innerHTML) old.innerHTML = found.innerHTML;
    Object.assign(old.dataset, found.dataset);
  }
}
