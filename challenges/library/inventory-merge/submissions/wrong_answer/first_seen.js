// Leaves ties to chance: whatever came first in the map wins.
const [n, ...lines] = require("fs").readFileSync(0, "utf8").split("\n");
const records = lines.slice(0, Number(n)).map((line) => line.split(" "));
records.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
const stock = new Map();
for (const [, shop, item, change] of records) {
  const number = Number(change.slice(1));
  if (!stock.has(item)) stock.set(item, new Map());
  const shops = stock.get(item);
  const before = shops.get(shop) ?? 0;
  if (change[0] === "=") shops.set(shop, number);
  else if (change[0] === "+") shops.set(shop, before + number);
  else shops.set(shop, Math.max(0, before - number));
}
const output = [];
for (const [item, shops] of stock) {
  const ranked = [...shops].sort((a, b) => b[1] - a[1]);
  const total = ranked.reduce((sum, [, count]) => sum + count, 0);
  if (total > 0) output.push({ item, total, shop: ranked[0][0], most: ranked[0][1] });
}
output.sort((a, b) => b.total - a.total);
console.log(output.map((line) => `${line.item} ${line.total} ${line.shop} ${line.most}`).join("\n") || "empty");
