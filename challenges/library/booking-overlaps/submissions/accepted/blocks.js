// Stretches of time as drawers: a booking lies in every drawer it touches, and a wish opens only the drawers it touches itself.
const DRAWER = 4000;
const lines = require("fs").readFileSync(0, "utf8").split("\n");
const count = Number(lines[0]);
const drawers = new Map();
const made = new Map();
const answers = [];

function keys(room, start, end) {
  const found = [];
  for (let drawer = Math.floor(start / DRAWER); drawer * DRAWER < end; drawer++) found.push(`${room} ${drawer}`);
  return found;
}

function clash(booking) {
  let first = null;
  for (const key of keys(booking.room, booking.start, booking.end)) {
    for (const other of drawers.get(key) ?? []) {
      const overlaps = other.start < booking.end && booking.start < other.end;
      if (overlaps && (first === null || other.start < first.start)) first = other;
    }
    if (first !== null) return first;
  }
  return null;
}

for (let number = 1; number <= count; number++) {
  const parts = lines[number].split(" ");
  if (parts[0] === "-") {
    const booking = made.get(Number(parts[1]));
    if (booking === undefined) {
      answers.push("unknown");
    } else {
      made.delete(booking.number);
      for (const key of keys(booking.room, booking.start, booking.end)) drawers.get(key).delete(booking);
      answers.push("ok");
    }
    continue;
  }
  const start = Number(parts[1]);
  const booking = { room: parts[0], start, end: start + Number(parts[2]), number };
  const other = clash(booking);
  if (other !== null) {
    answers.push(`clash ${other.number}`);
    continue;
  }
  made.set(number, booking);
  for (const key of keys(booking.room, booking.start, booking.end)) {
    if (!drawers.has(key)) drawers.set(key, new Set());
    drawers.get(key).add(booking);
  }
  answers.push("ok");
}
console.log(answers.join("\n"));
