// Stretches of time as drawers, each room with its own: a booking lies in every drawer it touches, and a wish opens only those
// it touches itself.
const DRAWER = 3500;
const lines = require("fs").readFileSync(0, "utf8").split("\n");
const count = Number(lines[0]);
const rooms = new Map();
const made = new Map();
const answers = [];

function drawersOf(booking) {
  if (!rooms.has(booking.room)) rooms.set(booking.room, new Map());
  const drawers = rooms.get(booking.room);
  const touched = [];
  for (let place = Math.floor(booking.start / DRAWER); place * DRAWER < booking.end; place++) {
    if (!drawers.has(place)) drawers.set(place, new Set());
    touched.push(drawers.get(place));
  }
  return touched;
}

function clash(booking, drawers) {
  let first = null;
  for (const drawer of drawers) {
    for (const other of drawer) {
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
      for (const drawer of drawersOf(booking)) drawer.delete(booking);
      answers.push("ok");
    }
    continue;
  }
  const start = Number(parts[1]);
  const booking = { room: parts[0], start, end: start + Number(parts[2]), number };
  const drawers = drawersOf(booking);
  const other = clash(booking, drawers);
  if (other !== null) {
    answers.push(`clash ${other.number}`);
    continue;
  }
  made.set(number, booking);
  for (const drawer of drawers) drawer.add(booking);
  answers.push("ok");
}
console.log(answers.join("\n"));
