// ws: many turns over one socket, a socket that is lost and a turn that is not, a stop, and the classic socket.
import WebSocket from 'ws';
import { address, assert, whole, withinSeconds } from './check.mjs';

const done = withinSeconds(90);

function open(path, options = {}) {
  const socket = new WebSocket(`ws://${address}${path}`, options.protocol, options);
  const frames = [];
  const waiting = [];
  socket.on('message', (data) => {
    frames.push(JSON.parse(data));
    waiting.splice(0).forEach((look) => look());
  });
  const until = async (found) => {
    for (;;) {
      const frame = frames.find(found);
      if (frame) return frame;
      await new Promise((resolve) => waiting.push(resolve));
    }
  };
  const ready = new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  return { socket, frames, until, ready, send: (frame) => socket.send(JSON.stringify(frame)) };
}

const text = (frames, turn) =>
  frames.filter((it) => it.turn === turn && it.type === 'delta').map((it) => it.text).join('');

const first = open('/ws', { protocol: 'groqchat.v1' });
await first.ready;
assert.equal(first.socket.protocol, 'groqchat.v1');
for (let n = 0; n < 5; n++) {
  first.send({ type: 'send', ref: `r${n}`, conversation: `ws-${n}`, message: '/sim tokens=60 rate=60' });
}
for (let n = 0; n < 5; n++) {
  const { turn } = await first.until((it) => it.ref === `r${n}`);
  const finished = await first.until((it) => it.turn === turn && it.type === 'finished');
  whole(text(first.frames, turn), finished);
}

first.send({ type: 'send', ref: 'lost', conversation: 'ws-lost', message: '/sim tokens=80 rate=80' });
const lost = (await first.until((it) => it.ref === 'lost')).turn;
await first.until((it) => it.turn === lost && it.type === 'delta');
first.socket.terminate();
const seen = first.frames.filter((it) => it.turn === lost);
const second = open('/ws', { protocol: 'groqchat.v1' });
await second.ready;
second.send({ type: 'follow', turn: lost, after: seen.at(-1).seq });
const finished = await second.until((it) => it.turn === lost && it.type === 'finished');
whole(text(seen, lost) + text(second.frames, lost), finished);

second.send({ type: 'send', ref: 'stop', conversation: 'ws-stop', message: '/sim tokens=5000 rate=50' });
const stopped = (await second.until((it) => it.ref === 'stop')).turn;
second.send({ type: 'stop', turn: stopped });
await second.until((it) => it.turn === stopped && it.type === 'stopped');
second.socket.send('this is not JSON');
await second.until((it) => it.type === 'error');
second.send({ type: 'ping' });
await second.until((it) => it.type === 'pong');
second.socket.close();

const classic = open('/ws/chat', { headers: { 'X-Session-ID': 'ws-classic' } });
await classic.ready;
for (let n = 0; n < 40; n++) {
  classic.send({ messages: [{ role: 'user', content: `/sim text="answer ${n}"` }] });
}
await classic.until(() => classic.frames.filter((it) => it.done === 'true').length === 40);
const replies = classic.frames.map((it) => it.token ?? '|').join('').split('|').slice(0, 40);
assert.deepEqual(replies, Array.from({ length: 40 }, (_, n) => `answer ${n}`));
classic.socket.close();
done();
console.log('ok');
