// The return page: a scanned code brings the key behind the #, which no server sees.
const field = document.querySelector<HTMLInputElement>("input[name=key]");
const scanned = location.hash.slice(1).replace(/\D/g, "");

if (field) {
  if (scanned.length === 16) {
    field.value = scanned.replace(/(\d{4})(?=\d)/g, "$1 ");
    history.replaceState(null, "", location.pathname);
  }
  field.focus();
}
