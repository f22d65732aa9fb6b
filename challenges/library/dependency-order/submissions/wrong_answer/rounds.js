// Builds in rounds: everything that is ready now, sorted, then everything that became ready meanwhile.
const lines = require("fs").readFileSync(0, "utf8").split("\n");
const declared = lines.slice(1, Number(lines[0]) + 1).map((line) => line.split(":"));
const needs = new Map(declared.map(([name, rest]) => [name, rest.split(" ").filter(Boolean)]));
const users = new Map([...needs.keys()].map((name) => [name, []]));

function main() {
  for (const [name, wanted] of needs) {
    for (const need of wanted) {
      if (!needs.has(need)) return `missing ${need} needed by ${name}`;
      users.get(need).push(name);
    }
  }
  const waiting = new Map([...needs].map(([name, wanted]) => [name, wanted.length]));
  const order = [];
  let round = [...needs.keys()].filter((name) => waiting.get(name) === 0);
  while (round.length > 0) {
    round.sort();
    const next = [];
    for (const name of round) {
      order.push(name);
      for (const user of users.get(name)) {
        waiting.set(user, waiting.get(user) - 1);
        if (waiting.get(user) === 0) next.push(user);
      }
    }
    round = next;
  }
  if (order.length === needs.size) return order.join("\n");
  const left = [...needs.keys()].filter((name) => waiting.get(name) > 0).sort();
  return `cycle ${left.join(" ")}`;
}

console.log(main());
