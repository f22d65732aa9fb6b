// Numbers the packages by name, so that the smallest name is the smallest number.
import * as fs from "fs";

class Heap {
  private items: number[] = [];

  get size(): number {
    return this.items.length;
  }

  push(item: number): void {
    const items = this.items;
    let at = items.length;
    items.push(item);
    while (at > 0 && items[(at - 1) >> 1] > item) {
      items[at] = items[(at - 1) >> 1];
      at = (at - 1) >> 1;
    }
    items[at] = item;
  }

  pop(): number {
    const items = this.items;
    const top = items[0];
    const last = items.pop()!;
    if (items.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && items[child + 1] < items[child]) child++;
      if (items[child] >= last) break;
      items[at] = items[child];
      at = child;
    }
    items[at] = last;
    return top;
  }
}

/** Steps from `start` to every package, along `graph`; -1 where it does not lead. */
function distances(start: number, graph: number[][]): number[] {
  const steps = new Array<number>(graph.length).fill(-1);
  const queue = [start];
  steps[start] = 0;
  for (const at of queue) {
    for (const next of graph[at]) {
      if (steps[next] >= 0) continue;
      steps[next] = steps[at] + 1;
      queue.push(next);
    }
  }
  return steps;
}

/** The packages in the order in which a walk along `graph` leaves them; `found` gets the packages of one root. */
function walk(roots: Iterable<number>, graph: number[][], found: (group: number[]) => void): void {
  const seen = new Array<boolean>(graph.length).fill(false);
  const cursor = new Array<number>(graph.length).fill(0);
  for (const root of roots) {
    if (seen[root]) continue;
    const left: number[] = [];
    const path = [root];
    seen[root] = true;
    while (path.length > 0) {
      const at = path[path.length - 1];
      if (cursor[at] === graph[at].length) {
        left.push(path.pop()!);
        continue;
      }
      const next = graph[at][cursor[at]++];
      if (seen[next]) continue;
      seen[next] = true;
      path.push(next);
    }
    found(left);
  }
}

function main(): string {
  const lines = fs.readFileSync(0, "utf8").split("\n");
  const declared = lines.slice(1, Number(lines[0]) + 1).map((line) => {
    const [name, rest] = line.split(":");
    return { name, wanted: rest.split(" ").filter((word) => word !== "") };
  });
  const names = declared.map((one) => one.name).sort();
  const rank = new Map(names.map((name, index): [string, number] => [name, index]));
  const needs: number[][] = names.map(() => []);
  const users: number[][] = names.map(() => []);
  for (const { name, wanted } of declared) {
    const user = rank.get(name)!;
    for (const word of wanted) {
      const need = rank.get(word);
      if (need === undefined) return `missing ${word} needed by ${name}`;
      needs[user].push(need);
      users[need].push(user);
    }
  }

  const waiting = needs.map((wanted) => wanted.length);
  const ready = new Heap();
  waiting.forEach((count, index) => count === 0 && ready.push(index));
  const order: number[] = [];
  while (ready.size > 0) {
    const built = ready.pop();
    order.push(built);
    for (const user of users[built]) if (--waiting[user] === 0) ready.push(user);
  }
  if (order.length === names.length) return order.map((index) => names[index]).join("\n");

  const finished: number[] = [];
  walk(names.keys(), needs, (left) => left.forEach((index) => finished.push(index)));
  let start = names.length;
  walk(finished.reverse(), users, (group) => {
    const circular = group.length > 1 || needs[group[0]].includes(group[0]);
    if (circular) group.forEach((index) => (start = Math.min(start, index)));
  });

  const steps = distances(start, users);
  const circle: string[] = [];
  let at = start;
  do {
    circle.push(names[at]);
    const onward = needs[at].filter((need) => steps[need] >= 0);
    const nearest = onward.reduce((least, need) => Math.min(least, steps[need]), Infinity);
    at = onward.filter((need) => steps[need] === nearest).reduce((least, need) => Math.min(least, need));
  } while (at !== start);
  return `cycle ${circle.join(" ")}`;
}

console.log(main());
