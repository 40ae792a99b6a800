import { ConnectionLost } from './problem.js';
import { serverSentEvents } from './sse.js';

/** Turns over HTTP, a stream of events for each. Works wherever the page itself came through. */
export class EventsLine {
  #api;

  constructor(api) {
    this.#api = api;
  }

  get name() {
    return 'events';
  }

  /** Starts a turn, tells its id at once and yields its events, each with its type and that id. */
  async *start(wish, signal, begun) {
    const { conversation, idempotency_key: key, ...body } = wish;
    yield* this.#events(this.#api.turns(conversation), {
      method: 'POST',
      body,
      headers: { 'Idempotency-Key': key },
      signal,
      begun,
    });
  }

  /** Yields a turn's events after one. */
  async *follow({ conversation, turn }, after, signal) {
    yield* this.#events(`${this.#api.turns(conversation)}/${turn}/events?after=${after}`, { signal });
  }

  async *#events(path, { begun, ...options }) {
    const headers = { ...options.headers, Accept: 'text/event-stream' };
    const response = await this.#api.fetch(path, { ...options, headers });
    const turn = response.headers.get('X-Turn-ID');
    if (turn) begun?.(turn);
    let heardAt = performance.now();
    const heard = () => {
      heardAt = performance.now();
    };
    try {
      for await (const event of serverSentEvents(response.body, heard)) {
        yield { ...JSON.parse(event.data), type: event.name, turn };
      }
    } catch (e) {
      if (e.name === 'AbortError' || e instanceof ConnectionLost) throw e;
      throw new ConnectionLost(e.message, performance.now() - heardAt);
    }
  }
}
