// Goes over all roads again and again until no arrival gets better.
const lines = require("fs").readFileSync(0, "utf8").split("\n");
const [places, count, wanted] = lines[0].split(" ").map(Number);
const [start, clock] = lines[1].split(" ");
const minutes = (text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));

const roads = lines.slice(2, 2 + count).map((line) => {
  const [a, b, duration, open, close] = line.split(" ");
  const opens = open === undefined ? 0 : minutes(open);
  const length = open === undefined ? 1440 : (minutes(close) - opens + 1440) % 1440;
  return { a: Number(a), b: Number(b), duration: Number(duration), opens, length };
});

const best = new Array(places + 1).fill(Infinity);
best[Number(start)] = minutes(clock);

function improves(from, to, road) {
  const now = best[from];
  if (now === Infinity) return false;
  const since = (((now - road.opens) % 1440) + 1440) % 1440;
  const time = (since < road.length ? now : now + 1440 - since) + road.duration;
  if (time >= best[to]) return false;
  best[to] = time;
  return true;
}

for (let changed = true; changed; ) {
  changed = false;
  for (const road of roads) {
    if (improves(road.a, road.b, road)) changed = true;
    if (improves(road.b, road.a, road)) changed = true;
  }
}

const pad = (number) => String(number).padStart(2, "0");
for (const line of lines.slice(2 + count, 2 + count + wanted)) {
  const at = best[Number(line)];
  console.log(at === Infinity ? "unreachable" : `${Math.floor(at / 1440)} ${pad(Math.floor((at % 1440) / 60))}:${pad(at % 60)}`);
}
