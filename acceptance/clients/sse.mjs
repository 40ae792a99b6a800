// eventsource-parser: a stream that is lost half-way and resumed with Last-Event-ID.
import { createParser } from 'eventsource-parser';
import { address, assert, whole, withinSeconds } from './check.mjs';

const done = withinSeconds(60);
const turns = `http://${address}/api/conversations/sse/turns`;
let text = '';
let last = 0;
let finished;

async function read(response, enough) {
  const parser = createParser({
    onEvent(event) {
      const data = JSON.parse(event.data);
      assert.equal(data.seq, last + 1);
      last = Number(event.id);
      if (event.event === 'delta') text += data.text;
      if (event.event === 'finished') finished = data;
    },
  });
  const decoder = new TextDecoder();
  for await (const bytes of response.body) {
    parser.feed(decoder.decode(bytes, { stream: true }));
    if (enough()) return;
  }
}

const started = await fetch(turns, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json', Accept: 'text/event-stream' },
  body: JSON.stringify({ message: '/sim text="Héllo\u2028 wörld 👩‍👩‍👧, 日本 and so on and on" rate=50' }),
});
const turn = started.headers.get('X-Turn-ID');
await read(started, () => last >= 5); // Leaving the loop cancels the body: the connection is gone.
assert.ok(!finished);

const resumed = await fetch(`${turns}/${turn}/events`, { headers: { 'Last-Event-ID': String(last) } });
await read(resumed, () => false);
whole(text, finished);
done();
console.log('ok');
