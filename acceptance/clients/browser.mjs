// A browser's own WebSocket and fetch, on a page of the service: a ticket instead of a header.
import { chromium } from 'playwright-core';
import { address, assert, whole, withinSeconds } from './check.mjs';

const done = withinSeconds(90);
const browser = await chromium.launch({
  executablePath: process.argv[3],
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  const page = await browser.newPage();
  await page.goto(`http://${address}/`);
  const frames = await page.evaluate(async () => {
    const issued = await fetch('/api/tickets', { method: 'POST' });
    const { ticket } = await issued.json();
    const socket = new WebSocket(`ws://${location.host}/ws?ticket=${ticket}`, 'groqchat.v1');
    const seen = [];
    await new Promise((resolve, reject) => {
      socket.onerror = () => reject(new Error('the socket was refused'));
      socket.onopen = () =>
        socket.send(JSON.stringify({ type: 'send', ref: 'b', conversation: 'browser', message: '/sim tokens=30' }));
      socket.onmessage = ({ data }) => {
        seen.push(JSON.parse(data));
        if (seen.at(-1).type === 'finished') resolve();
      };
    });
    socket.close();
    return seen;
  });
  const text = frames.filter((it) => it.type === 'delta').map((it) => it.text).join('');
  whole(text, frames.at(-1));

  const streamed = await page.evaluate(async () => {
    const turn = await (await fetch('/api/conversations/browser/turns', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ message: '/sim tokens=10' }),
    })).json();
    const source = new EventSource(`/api/conversations/browser/turns/${turn.id}/events`);
    let text = '';
    await new Promise((resolve) => {
      source.addEventListener('delta', (event) => { text += JSON.parse(event.data).text; });
      source.addEventListener('finished', resolve);
    });
    source.close();
    return { text, expected: turn.text };
  });
  assert.equal(streamed.text, streamed.expected);
} finally {
  await browser.close();
}
done();
console.log('ok');
