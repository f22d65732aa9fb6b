// Sorting and taking the two ends gives the latest of the equally warm days.
const week = require("fs").readFileSync(0, "utf8").trim().split("\n").map((line) => line.split(" "));
const sorted = [...week].sort((a, b) => a[1] - b[1]);
const total = week.reduce((sum, [, text]) => sum + Number(text), 0);
console.log("coldest", sorted[0].join(" "));
console.log("warmest", sorted[6].join(" "));
console.log("mean", (total / 7).toFixed(1));
