// Indexes the string by UTF-16 units, so one emoji moves the column by two.
const lines = require("fs").readFileSync(0, "utf8").split("\n");
const open = "([{";
const close = ")]}";

function check() {
  const stack = [];
  let deepest = 0;
  for (let row = 0; row < lines.length; row++) {
    const line = lines[row];
    let text = -1;
    for (let i = 0; i < line.length; i++) {
      const char = line[i];
      if (text >= 0) {
        if (char === "\\") i++;
        else if (char === '"') text = -1;
      } else if (char === "#") break;
      else if (char === '"') text = i;
      else if (open.includes(char)) {
        stack.push([char, row + 1, i + 1]);
        deepest = Math.max(deepest, stack.length);
      } else if (close.includes(char)) {
        if (stack.length === 0) return `${row + 1}:${i + 1} unexpected ${char}`;
        const expected = close[open.indexOf(stack.pop()[0])];
        if (expected !== char) return `${row + 1}:${i + 1} expected ${expected} found ${char}`;
      }
    }
    if (text >= 0) return `${row + 1}:${text + 1} unclosed "`;
  }
  if (stack.length === 0) return `ok ${deepest}`;
  const [char, row, column] = stack.pop();
  return `${row}:${column} unclosed ${char}`;
}

console.log(check());
