const content = require("fs").readFileSync(0, "utf8");
const pairs = new Map([["(", ")"], ["[", "]"], ["{", "}"]]);
const closers = new Set(pairs.values());

function check() {
  const open = [];
  let state = "plain";
  let row = 1;
  let column = 0;
  let textColumn = 0;
  let deepest = 0;
  for (const char of content) {
    column += 1;
    if (char === "\n") {
      if (state === "text" || state === "escape") return `${row}:${textColumn} unclosed "`;
      state = "plain";
      row += 1;
      column = 0;
    } else if (state === "comment") {
      continue;
    } else if (state === "escape") {
      state = "text";
    } else if (state === "text") {
      if (char === "\\") state = "escape";
      else if (char === '"') state = "plain";
    } else if (char === "#") {
      state = "comment";
    } else if (char === '"') {
      state = "text";
      textColumn = column;
    } else if (pairs.has(char)) {
      open.push([char, row, column]);
      deepest = Math.max(deepest, open.length);
    } else if (closers.has(char)) {
      if (open.length === 0) return `${row}:${column} unexpected ${char}`;
      const expected = pairs.get(open.pop()[0]);
      if (expected !== char) return `${row}:${column} expected ${expected} found ${char}`;
    }
  }
  if (open.length > 0) {
    const [char, atRow, atColumn] = open[open.length - 1];
    return `${atRow}:${atColumn} unclosed ${char}`;
  }
  return `ok ${deepest}`;
}

console.log(check());
