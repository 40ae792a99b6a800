// What every client's script needs: the service's address, and a way to say what went wrong.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

export const address = process.argv[2];
export { assert };

/** Compares what was gathered with what the service says it has sent. */
export function whole(text, finished) {
  assert.equal([...text].length, finished.text_length);
  assert.equal(createHash('sha256').update(text).digest('hex'), finished.text_sha256);
}

/** Fails a script that waits for something that never comes. */
export function withinSeconds(seconds) {
  const timer = setTimeout(() => {
    console.error(`nothing came within ${seconds} s`);
    process.exit(1);
  }, seconds * 1000);
  return () => clearTimeout(timer);
}
