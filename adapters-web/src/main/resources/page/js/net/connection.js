import { EventsLine } from './events-line.js';
import { ConnectionLost } from './problem.js';
import { SocketLine } from './socket-line.js';

const PROBE_AWAY_MS = 1500;
const PROBE_IDLE_MS = 10000;
const SOCKET_AGAIN_MS = 120000;

/**
 * The way to the service: a WebSocket, or streams of events where sockets do not get through. Knows
 * whether the service can be reached, and says so: 'change'.
 */
export class Connection extends EventTarget {
  #api;
  #socket;
  #events;
  #socketBlockedAt = -Infinity;
  #timer;
  state = 'connecting';
  latency;

  constructor(api) {
    super();
    this.#api = api;
    this.#socket = new SocketLine(api);
    this.#events = new EventsLine(api);
    this.#socket.addEventListener('open', () => this.#become('online'));
    this.#socket.addEventListener('close', () => {
      this.#lost();
      this.probe();
    });
    this.#socket.addEventListener('pong', ({ detail }) => {
      this.latency = detail;
      this.dispatchEvent(new Event('change'));
    });
    window.addEventListener('offline', () => this.#lost());
    window.addEventListener('online', () => this.probe());
    document.addEventListener('visibilitychange', () => document.hidden || this.probe());
  }

  get online() {
    return this.state === 'online';
  }

  get socketBlocked() {
    return performance.now() - this.#socketBlockedAt < SOCKET_AGAIN_MS;
  }

  get line() {
    return this.socketBlocked ? this.#events : this.#socket;
  }

  /**
   * The line to use now. A socket that does not open although the service answers is blocked, and
   * not tried again for a while.
   */
  async choose() {
    if (this.socketBlocked) return this.#events;
    try {
      await this.#socket.connect();
      return this.#socket;
    } catch (e) {
      if (!(e instanceof ConnectionLost)) throw e;
      if (!(await this.#api.reachable())) throw e;
      this.#socketBlockedAt = performance.now();
      this.#become('online');
      return this.#events;
    }
  }

  /** Tries sockets again, whatever was seen of them; for the connection check. */
  async check() {
    this.#socketBlockedAt = -Infinity;
    const from = performance.now();
    const reachable = await this.#api.reachable();
    const roundTrip = performance.now() - from;
    if (!reachable) return { reachable };
    const line = await this.choose();
    return { reachable, roundTrip, line: line.name };
  }

  /** Looks whether the service answers, and goes on looking: often while it does not. */
  async probe() {
    clearTimeout(this.#timer);
    this.#socket.ping();
    const reachable = this.#socket.open || (await this.#api.reachable());
    if (reachable) this.#become('online');
    else this.#lost();
    this.#later();
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.probe(), this.online ? PROBE_IDLE_MS : PROBE_AWAY_MS);
  }

  #lost() {
    this.#become(navigator.onLine ? 'reconnecting' : 'offline');
    this.#later();
  }

  #become(state) {
    if (state === this.state) return;
    const before = this.state;
    this.state = state;
    this.dispatchEvent(new Event('change'));
    if (state === 'online' && before !== 'connecting') this.dispatchEvent(new Event('back'));
  }

  /** Waits for a while, or until the service is back. */
  pause(ms) {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.removeEventListener('back', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.addEventListener('back', done);
    });
  }

  /** For whoever has seen that nothing gets through. */
  suspect() {
    if (!this.#socket.open) this.probe();
  }
}
