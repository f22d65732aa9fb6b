// Keeps the order by sorting the whole calendar after each booking, then walks along it.
const lines = require("fs").readFileSync(0, "utf8").split("\n");
const rooms = new Map();
const made = new Map();
const answers = [];
for (let number = 1; number <= Number(lines[0]); number++) {
  const [room, second, third] = lines[number].split(" ");
  if (room === "-") {
    const where = made.get(Number(second));
    if (where !== undefined) rooms.set(where, rooms.get(where).filter((booking) => booking.number !== Number(second)));
    answers.push(made.delete(Number(second)) ? "ok" : "unknown");
    continue;
  }
  const start = Number(second);
  const end = start + Number(third);
  if (!rooms.has(room)) rooms.set(room, []);
  const calendar = rooms.get(room);
  const other = calendar.find((booking) => booking.start < end && start < booking.end);
  if (other) {
    answers.push(`clash ${other.number}`);
  } else {
    calendar.push({ start, end, number });
    calendar.sort((a, b) => a.start - b.start);
    made.set(number, room);
    answers.push("ok");
  }
}
console.log(answers.join("\n"));
