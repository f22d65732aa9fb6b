// Takes the correction that arrived last for the latest.
// Sorts the questions by time as well and answers them while the movements are replayed.
const lines = require("fs").readFileSync(0, "utf8").split("\n");
const [eventCount, questionCount] = lines[0].split(" ").map(Number);
const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const byTimeAndKey = (a, b) => a.time - b.time || byText(a.key, b.key);
const cents = (text) => Number(text.replace(".", ""));

const counts = { duplicates: 0, conflicts: 0, orphans: 0, voided: 0, refused: 0 };
const first = new Map();
for (const line of lines.slice(1, 1 + eventCount)) {
  const [key, time, kind, ...rest] = line.split(" ");
  const known = first.get(key);
  if (known === undefined) first.set(key, { line, key, time: Number(time), kind, rest });
  else if (known.line === line) counts.duplicates++;
  else counts.conflicts++;
}

const movements = new Map();
const corrections = [];
for (const event of first.values()) {
  const { key, time, kind, rest } = event;
  if (kind === "amend" || kind === "void") corrections.push(event);
  else {
    const from = kind === "deposit" ? null : rest[0];
    const to = kind === "withdraw" ? null : rest[rest.length - 2];
    movements.set(key, { key, time, from, to, amount: cents(rest[rest.length - 1]), voided: false });
  }
}
const inForce = new Map();
for (const correction of corrections) {
  if (movements.has(correction.rest[0])) inForce.set(correction.rest[0], correction);
  else counts.orphans++;
}
for (const [target, correction] of inForce) {
  const movement = movements.get(target);
  if (correction.kind === "amend") movement.amount = cents(correction.rest[1]);
  else {
    movement.voided = true;
    counts.voided++;
  }
}

const questions = lines.slice(1 + eventCount, 1 + eventCount + questionCount).map((line, index) => {
  const [account, time] = line.split(" ");
  return { account, time: Number(time), index };
});
questions.sort((a, b) => a.time - b.time);

const balances = new Map();
const held = (account) => balances.get(account) ?? 0;
const answers = new Array(questionCount);
let next = 0;
function answerBefore(time) {
  for (; next < questions.length && questions[next].time < time; next++) {
    const balance = held(questions[next].account);
    answers[questions[next].index] = `${Math.floor(balance / 100)}.${String(balance % 100).padStart(2, "0")}`;
  }
}

for (const movement of [...movements.values()].filter((one) => !one.voided).sort(byTimeAndKey)) {
  answerBefore(movement.time);
  const { from, to, amount } = movement;
  if (from !== null && held(from) < amount) {
    counts.refused++;
    continue;
  }
  if (from !== null) balances.set(from, held(from) - amount);
  if (to !== null) balances.set(to, held(to) + amount);
}
answerBefore(Infinity);
console.log(Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(" "));
if (answers.length > 0) console.log(answers.join("\n"));
