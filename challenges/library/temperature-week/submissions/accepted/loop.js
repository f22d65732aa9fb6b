const lines = require("fs").readFileSync(0, "utf8").trim().split("\n");
const week = lines.map((line) => {
  const [day, text] = line.trim().split(/\s+/);
  return { day, temperature: Number(text) };
});

let coldest = week[0];
let warmest = week[0];
let total = 0;
for (const reading of week) {
  if (reading.temperature < coldest.temperature) coldest = reading;
  if (reading.temperature > warmest.temperature) warmest = reading;
  total += reading.temperature;
}

console.log(`coldest ${coldest.day} ${coldest.temperature}`);
console.log(`warmest ${warmest.day} ${warmest.temperature}`);
console.log(`mean ${(total / week.length).toFixed(1)}`);
