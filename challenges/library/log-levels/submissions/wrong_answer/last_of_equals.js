// Takes whichever service came last among those with the most errors.
const counts = { DEBUG: 0, INFO: 0, WARN: 0, ERROR: 0, BROKEN: 0 };
const errors = {};
for (const line of require("fs").readFileSync(0, "utf8").split("\n")) {
  if (line === "" || line[0] === " " || line[0] === "\t") continue;
  const entry = /^\d\d:\d\d:\d\d +(debug|info|warn|error) +([-a-z0-9]+):/i.exec(line);
  if (entry === null || entry[2] !== entry[2].toLowerCase()) {
    counts.BROKEN++;
    continue;
  }
  counts[entry[1].toUpperCase()]++;
  if (entry[1].toUpperCase() === "ERROR") errors[entry[2]] = (errors[entry[2]] || 0) + 1;
}
for (const name in counts) console.log(name, counts[name]);
let worst = "none";
for (const service in errors) {
  if (worst === "none" || errors[service] >= errors[worst]) worst = service;
}
console.log("WORST", worst, errors[worst] === undefined ? "" : errors[worst]);
