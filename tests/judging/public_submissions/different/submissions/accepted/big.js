const words = require('fs').readFileSync(0, 'utf8').trim().split(/\s+/);
for (let at = 0; at < words.length; at += 2) {
  const difference = BigInt(words[at]) - BigInt(words[at + 1]);
  console.log(String(difference < 0n ? -difference : difference));
}
