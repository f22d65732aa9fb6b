const KINDS = [10000, 5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1];
const [price, given] = require("fs")
  .readFileSync(0, "utf8")
  .trim()
  .split(" ")
  .map((amount) => Math.round(Number(amount) * 100));

let left = given - price;
if (left < 0) {
  console.log("missing " + (-left / 100).toFixed(2));
} else if (left === 0) {
  console.log("exact");
} else {
  console.log("change " + (left / 100).toFixed(2));
  for (const kind of KINDS) {
    const count = Math.floor(left / kind);
    if (count > 0) console.log(`${count} x ${(kind / 100).toFixed(2)}`);
    left -= count * kind;
  }
}
