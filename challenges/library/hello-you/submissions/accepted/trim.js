const lines = require("fs").readFileSync(0, "utf8").split("\n");
const n = Number(lines[0]);
for (let i = 1; i <= n; i++) {
  const name = lines[i].trim();
  console.log("Hello, " + (name === "" ? "friend" : name) + "!");
}
