// Asks whether the start or the end of the wish lies inside a booking, and forgets the booking that lies inside the wish.
const lines = require("fs").readFileSync(0, "utf8").split("\n");
const bookings = new Map();
const answers = [];
for (let number = 1; number <= Number(lines[0]); number++) {
  const [room, second, third] = lines[number].split(" ");
  if (room === "-") {
    answers.push(bookings.delete(Number(second)) ? "ok" : "unknown");
    continue;
  }
  const start = Number(second);
  const end = start + Number(third);
  let first = null;
  for (const [id, other] of bookings) {
    if (other.room !== room) continue;
    const inside = (minute) => other.start <= minute && minute < other.end;
    if ((inside(start) || inside(end - 1)) && (first === null || other.start < first.start)) first = { id, start: other.start };
  }
  if (first) {
    answers.push(`clash ${first.id}`);
  } else {
    bookings.set(number, { room, start, end });
    answers.push("ok");
  }
}
console.log(answers.join("\n"));
