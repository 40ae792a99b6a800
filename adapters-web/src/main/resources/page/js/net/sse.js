import { ConnectionLost } from './problem.js';

/** The service gives a sign of life every 15 s; after two that are missing nobody is there. */
const LONGEST_SILENCE_MS = 35000;

/**
 * Reads server-sent events off a response's body, as the HTML standard has them (section 9.2.6).
 * EventSource would do the same, but cannot send a key along.
 *
 * @param {ReadableStream<Uint8Array>} body fails with ConnectionLost if nothing comes for 35 s
 * @param {() => void} heard called for each sign of life, be it an event or not
 * @yields {{name: string, data: string}}
 */
export async function* serverSentEvents(body, heard = () => {}) {
  let name = '';
  let data = [];
  for await (const line of lines(body, heard)) {
    if (line === '') {
      if (data.length > 0) yield { name: name || 'message', data: data.join('\n') };
      name = '';
      data = [];
    } else if (line[0] !== ':') {
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
      if (field === 'event') name = value;
      if (field === 'data') data.push(value);
    }
  }
}

/** Whole lines; what stands after the last line break of a stream was cut, and is none. */
async function* lines(body, heard) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await soon(reader.read());
      if (done) return;
      heard();
      const parts = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = parts.pop();
      yield* parts;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

async function soon(reading) {
  let timer;
  const silence = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new ConnectionLost('nothing came for too long')), LONGEST_SILENCE_MS);
  });
  try {
    return await Promise.race([reading, silence]);
  } finally {
    clearTimeout(timer);
  }
}
