const lines = require("fs").readFileSync(0, "utf8").split("\n");
let at = 0;
const rules = [];
for (let left = Number(lines[at++]); left > 0; left--) {
  const [seconds, limit] = lines[at++].split(" ").map(Number);
  rules.push({ seconds, limit });
}

const clients = new Map();
for (let left = Number(lines[at++]); left > 0; left--) {
  const [timeText, name, countText] = lines[at++].split(" ");
  const time = Number(timeText);
  const count = Number(countText);
  if (!clients.has(name)) {
    clients.set(name, { entries: [], windows: rules.map(() => ({ start: 0, used: 0 })), allowed: 0, rejected: 0 });
  }
  const client = clients.get(name);
  let room = count;
  rules.forEach((rule, i) => {
    const window = client.windows[i];
    while (window.start < client.entries.length && client.entries[window.start].time <= time - rule.seconds) {
      window.used -= client.entries[window.start].room;
      window.start++;
    }
    room = Math.min(room, rule.limit - window.used);
  });
  if (room > 0) {
    client.entries.push({ time, room });
    for (const window of client.windows) window.used += room;
  }
  client.allowed += room;
  client.rejected += count - room;
}

const names = [...clients.keys()].sort();
console.log(names.map((name) => `${name} ${clients.get(name).allowed} ${clients.get(name).rejected}`).join("\n"));
