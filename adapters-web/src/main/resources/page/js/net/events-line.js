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

  /** Starts a turn and yields its events, each with its type and the turn's id. */
  async *start(wish, signal) {
    const { conversation, idempotency_key: key, ...body } = wish;
    yield* this.#events(this.#api.turns(conversation), {
      method: 'POST',
      body,
      headers: { 'Idempotency-Key': key },
      signal,
    });
  }

  /** Yields a turn's events after one. */
  async *follow({ conversation, turn }, after, signal) {
    yield* this.#events(`${this.#api.turns(conversation)}/${turn}/events?after=${after}`, { signal });
  }

  async *#events(path, options) {
    const headers = { ...options.headers, Accept: 'text/event-stream' };
    const response = await this.#api.fetch(path, { ...options, headers });
    const turn = response.headers.get('X-Turn-ID');
    try {
      for await (const event of serverSentEvents(response.body)) {
        yield { ...JSON.parse(event.data), type: event.name, turn };
      }
    } catch (e) {
      if (e.name === 'AbortError') throw e;
      throw new ConnectionLost(e.message);
    }
  }
}
