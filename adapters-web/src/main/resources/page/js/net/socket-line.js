import { Channel } from './channel.js';
import { ConnectionLost, Problem } from './problem.js';

const PROTOCOL = 'groqchat.v1';
const OPEN_TIMEOUT_MS = 4000;
const PING_EVERY_MS = 15000;
const PONG_TIMEOUT_MS = 5000;
const ENDS = new Set(['finished', 'stopped', 'failed']);

/** Turns over one WebSocket, opened when it is first needed: see docs/websocket.md. */
export class SocketLine extends EventTarget {
  #api;
  #opening;
  #socket;
  #refs = 0;
  #byRef = new Map();
  #byTurn = new Map();
  #pinging;
  #sentPing = 0;
  #heardAt = 0;

  constructor(api) {
    super();
    this.#api = api;
  }

  get name() {
    return 'socket';
  }

  get open() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Opens the socket unless it is open. Fails with ConnectionLost, or a Problem if a key is refused. */
  async connect() {
    if (this.open) return;
    this.#opening ??= this.#connect().finally(() => {
      this.#opening = undefined;
    });
    await this.#opening;
  }

  async #connect() {
    const address = new URL('ws', document.baseURI);
    address.protocol = address.protocol.replace('http', 'ws');
    if (this.#api.hasKey) address.searchParams.set('ticket', await this.#api.ticket());
    await new Promise((resolve, reject) => {
      const socket = new WebSocket(address, PROTOCOL);
      const timer = setTimeout(() => socket.close(), OPEN_TIMEOUT_MS);
      socket.onopen = () => {
        clearTimeout(timer);
        this.#opened(socket);
        resolve();
      };
      socket.onclose = () => {
        clearTimeout(timer);
        reject(new ConnectionLost('the WebSocket could not be opened'));
      };
    });
  }

  #opened(socket) {
    // The one before may be closing still; what it carried is taken up by this one.
    if (this.#socket) this.#closed(this.#socket);
    this.#socket = socket;
    this.#heardAt = performance.now();
    socket.onmessage = ({ data }) => this.#frame(socket, JSON.parse(data));
    socket.onclose = () => this.#closed(socket, performance.now() - this.#heardAt);
    this.#pinging = setInterval(() => this.ping(), PING_EVERY_MS);
    this.ping();
    this.dispatchEvent(new Event('open'));
  }

  /** @param silenceMs for how long it had been silent when somebody else closed it */
  #closed(socket, silenceMs) {
    if (socket !== this.#socket) return;
    socket.onclose = null;
    socket.onmessage = null;
    this.#socket = undefined;
    clearInterval(this.#pinging);
    this.#sentPing = 0;
    for (const channel of [...this.#byRef.values(), ...this.#byTurn.values()]) {
      channel.end(new ConnectionLost('the WebSocket was closed', silenceMs));
      // One silence, however many turns it cut.
      silenceMs = undefined;
    }
    this.#byRef.clear();
    this.#byTurn.clear();
    this.dispatchEvent(new Event('close'));
  }

  /** Asks for a sign of life; a socket that gives none is as good as closed. */
  ping() {
    const socket = this.#socket;
    if (!this.open || this.#sentPing) return;
    const sent = performance.now();
    this.#sentPing = sent;
    socket.send('{"type":"ping"}');
    setTimeout(() => {
      if (this.#sentPing !== sent || socket !== this.#socket) return;
      socket.close();
      this.#closed(socket);
    }, PONG_TIMEOUT_MS);
  }

  #frame(socket, frame) {
    this.#heardAt = performance.now();
    if (frame.type === 'pong') {
      this.dispatchEvent(new CustomEvent('pong', { detail: performance.now() - this.#sentPing }));
      this.#sentPing = 0;
    } else if (frame.type === 'error') {
      this.#refused(frame);
    } else {
      // 'reconnect' names no turn: the service closes the socket itself when it goes, and then another is opened.
      this.#event(frame);
    }
  }

  #refused(frame) {
    const channel = this.#take(this.#byRef, frame.ref) ?? this.#take(this.#byTurn, frame.turn);
    channel?.end(frame.turn ? new ConnectionLost(frame.error.detail) : new Problem(frame.error));
  }

  #event(frame) {
    const begun = this.#take(this.#byRef, frame.ref);
    if (begun) this.#byTurn.set(frame.turn, begun);
    const channel = this.#byTurn.get(frame.turn);
    if (!channel) return;
    if (frame.type !== 'end') channel.put(frame);
    if (frame.type === 'end' || ENDS.has(frame.type)) {
      this.#byTurn.delete(frame.turn);
      channel.end();
    }
  }

  #take(channels, name) {
    const channel = channels.get(name);
    channels.delete(name);
    return channel;
  }

  /** Starts a turn and yields its events, each with its type and the turn's id. */
  async *start(wish) {
    yield* await this.#ask({ type: 'send', ...wish });
  }

  /** Yields a turn's events after one. */
  async *follow({ turn }, after) {
    yield* await this.#ask({ type: 'follow', turn, after });
  }

  async #ask(frame) {
    await this.connect();
    const ref = String(++this.#refs);
    const channel = new Channel();
    this.#byRef.set(ref, channel);
    this.#socket.send(JSON.stringify({ ...frame, ref }));
    return channel;
  }

  close() {
    this.#socket?.close();
  }
}
