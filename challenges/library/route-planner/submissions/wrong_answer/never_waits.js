// Takes a closed road for no road at all.
// Lets the clock run: every minute has a list of the vans that arrive in it.
const DAY = 1440;
const lines = require("fs").readFileSync(0, "utf8").split("\n");
const [places, roads, wanted] = lines[0].split(" ").map(Number);
const [start, clock] = lines[1].split(" ");

function minutes(text) {
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

function isOpen(road, now) {
  if (road.opens === null) return true;
  const minute = now % DAY;
  if (road.opens < road.closes) return road.opens <= minute && minute < road.closes;
  return minute >= road.opens || minute < road.closes;
}

function entry(road, now) {
  if (isOpen(road, now)) return now;
  const today = now - (now % DAY) + road.opens;
  return today >= now ? today : today + DAY;
}

const near = Array.from({ length: places + 1 }, () => []);
for (const line of lines.slice(2, 2 + roads)) {
  const [a, b, duration, open, close] = line.split(" ");
  const hours = open === undefined ? { opens: null } : { opens: minutes(open), closes: minutes(close) };
  near[a].push({ to: Number(b), duration: Number(duration), ...hours });
  near[b].push({ to: Number(a), duration: Number(duration), ...hours });
}

const arrival = new Array(places + 1).fill(null);
const coming = new Map([[minutes(clock), [Number(start)]]]);
for (let now = minutes(clock); coming.size > 0; now++) {
  const here = coming.get(now) ?? [];
  coming.delete(now);
  for (const place of here) {
    if (arrival[place] !== null) continue;
    arrival[place] = now;
    for (const road of near[place]) {
      if (arrival[road.to] !== null || !isOpen(road, now)) continue;
      const at = entry(road, now) + road.duration;
      if (!coming.has(at)) coming.set(at, []);
      coming.get(at).push(road.to);
    }
  }
}

const pad = (number) => String(number).padStart(2, "0");
const answers = lines.slice(2 + roads, 2 + roads + wanted).map((line) => {
  const at = arrival[Number(line)];
  if (at === null) return "unreachable";
  return `${Math.floor(at / DAY)} ${pad(Math.floor((at % DAY) / 60))}:${pad(at % 60)}`;
});
console.log(answers.join("\n"));
