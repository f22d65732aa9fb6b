// Counts in fixed windows that start anew at every multiple of SECONDS.
const lines = require("fs").readFileSync(0, "utf8").split("\n");
let at = 0;
const rules = [];
for (let left = Number(lines[at++]); left > 0; left--) rules.push(lines[at++].split(" ").map(Number));
const clients = new Map();
for (let left = Number(lines[at++]); left > 0; left--) {
  const [time, name, count] = lines[at++].split(" ");
  if (!clients.has(name)) clients.set(name, { windows: rules.map(() => [-1, 0]), allowed: 0, rejected: 0 });
  const client = clients.get(name);
  let room = Number(count);
  rules.forEach(([seconds, limit], i) => {
    const number = Math.floor(Number(time) / seconds);
    if (client.windows[i][0] !== number) client.windows[i] = [number, 0];
    room = Math.min(room, limit - client.windows[i][1]);
  });
  for (const window of client.windows) window[1] += room;
  client.allowed += room;
  client.rejected += Number(count) - room;
}
for (const name of [...clients.keys()].sort()) console.log(name, clients.get(name).allowed, clients.get(name).rejected);
