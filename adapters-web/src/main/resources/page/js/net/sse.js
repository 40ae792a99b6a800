/**
 * Reads server-sent events off a response's body, as the HTML standard has them (section 9.2.6).
 * EventSource would do the same, but cannot send a key along.
 *
 * @param {ReadableStream<Uint8Array>} body
 * @yields {{name: string, data: string}}
 */
export async function* serverSentEvents(body) {
  let name = '';
  let data = [];
  for await (const line of lines(body)) {
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
async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const parts = (rest + value).split(/\r\n|\n|\r(?!$)/);
      rest = parts.pop();
      yield* parts;
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}
