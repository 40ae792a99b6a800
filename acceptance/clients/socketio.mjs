// socket.io-client, the oldest that is promised and the newest, by polling and by WebSocket.
import { address, assert, withinSeconds } from './check.mjs';

const done = withinSeconds(90);
for (const name of ['socket.io-client-4.0.1', 'socket.io-client']) {
  const { io } = await import(name).then((it) => (it.io ? it : it.default));
  for (const transports of [['polling'], ['websocket'], ['polling', 'websocket']]) {
    const socket = io(`http://${address}`, { transports, forceNew: true });
    const once = (event) => new Promise((resolve) => socket.once(event, resolve));
    const welcome = once('bot_message');
    const { session_id } = await once('session_id');
    assert.match((await welcome).timestamp, /^\d\d:\d\d$/);

    const reply = once('bot_message');
    socket.emit('user_message', { session_id, message: 'Hello, my name is Ada' });
    assert.match((await reply).message, /simulator/);
    const again = once('bot_message');
    socket.emit('user_message', { session_id, message: 'What is my name?' });
    assert.match((await again).message, /Ada/);

    const refused = once('error');
    socket.emit('user_message', { session_id: 'nobody-has-this', message: 'Hello' });
    assert.equal((await refused).message, 'Session not found');
    const sorry = once('bot_message');
    socket.emit('user_message', { session_id, message: '/sim error=400' }); // does not count for the circuit breaker
    assert.match((await sorry).message, /^Sorry, I encountered an error/);
    socket.close();
  }
}
done();
console.log('ok');
process.exit(0);
