// Asks whether the start or the end of the wish lies inside a booking, and forgets the booking that lies inside the wish.
const lines = require("fs").readFileSync(0, "utf8").split("\n");
const rooms = new Map();
const made = new Map();
const answers = [];

function position(calendar, start) {
  let low = 0;
  let high = calendar.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (calendar[middle].start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

for (let number = 1; number <= Number(lines[0]); number++) {
  const [room, second, third] = lines[number].split(" ");
  if (room === "-") {
    const booking = made.get(Number(second));
    if (booking) rooms.get(booking.room).splice(position(rooms.get(booking.room), booking.start), 1);
    answers.push(made.delete(Number(second)) ? "ok" : "unknown");
    continue;
  }
  const start = Number(second);
  const end = start + Number(third);
  if (!rooms.has(room)) rooms.set(room, []);
  const calendar = rooms.get(room);
  const inside = (minute) => {
    const before = calendar[position(calendar, minute + 1) - 1];
    return before && minute < before.end ? before : null;
  };
  const other = inside(start) ?? inside(end - 1);
  if (other) {
    answers.push(`clash ${other.number}`);
  } else {
    const booking = { room, start, end, number };
    calendar.splice(position(calendar, start), 0, booking);
    made.set(number, booking);
    answers.push("ok");
  }
}
console.log(answers.join("\n"));
