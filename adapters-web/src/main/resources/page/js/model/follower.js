import { ConnectionLost, Problem } from '../net/problem.js';
import { compare } from './digest.js';
import { randomId } from './ids.js';

const PAUSES_MS = [200, 400, 800, 1500, 2000];

/**
 * Brings a turn to its end, however often the connection is lost on the way: starts it, follows it,
 * and takes it up again where it was left. What was sent twice is answered once, by its key.
 */
export class Follower {
  #api;
  #connection;
  #symptoms;
  #arrivals = [];
  #whole = false;

  constructor({ api, connection, symptoms }) {
    this.#api = api;
    this.#connection = connection;
    this.#symptoms = symptoms;
  }

  /**
   * Returns when the turn has ended, was refused or is lost.
   *
   * @param wish what to start; undefined for a turn that has an id
   */
  async bring(turn, conversation, wish, signal) {
    // Of one that was found running, the pieces that came before were not seen.
    this.#whole = Boolean(wish);
    const start = wish && { ...wish, conversation, idempotency_key: randomId() };
    for (let attempt = 0; turn.running && !signal.aborted; ) {
      const before = turn.seq;
      try {
        await this.#once(turn, conversation, start, signal);
      } catch (e) {
        if (e.name === 'AbortError') return;
        if (!(e instanceof ConnectionLost)) {
          this.#refused(turn, e);
        } else {
          this.#cut(turn, e);
        }
      }
      if (!turn.running || signal.aborted) break;
      attempt = turn.seq > before ? 0 : attempt + 1;
      turn.interrupt();
      this.#connection.suspect();
      await this.#connection.pause(PAUSES_MS[Math.min(attempt, PAUSES_MS.length - 1)]);
    }
    await this.#verify(turn, conversation);
  }

  async #once(turn, conversation, start, signal) {
    const line = await this.#connection.choose();
    this.#symptoms.socketBlocked(line.name === 'events');
    turn.sent = true;
    const events = turn.id
      ? line.follow({ conversation, turn: turn.id }, turn.seq, signal)
      : line.start(start, signal, (id) => turn.begin(id));
    for await (const event of events) {
      if (event.seq > turn.seq + 1 && event.type !== 'gap') throw new ConnectionLost('events are missing');
      if (event.type === 'delta') this.#arrivals.push(performance.now());
      if (signal.aborted) return;
      turn.apply(event);
    }
    // The last event was known already, or was never told: then what is stored is the truth.
    if (turn.running && !turn.id) throw new ConnectionLost('the answer ended before it began');
    if (turn.running) turn.take(await this.#api.turn(conversation, turn.id));
  }

  #refused(turn, error) {
    const problem = error instanceof Problem ? error : new Problem({ title: 'The page made a mistake', detail: String(error) });
    if (!turn.id) turn.refuse(problem);
    else if (problem.status === 404) turn.lose();
    else if (!problem.retryable) turn.refuse(problem);
  }

  #cut(turn, { silenceMs }) {
    this.#whole = false;
    if (silenceMs !== undefined) this.#symptoms.cut(silenceMs);
    if (!turn.stopWanted || turn.id) return;
    turn.refuse(new Problem({ title: 'Stopped', detail: 'The connection was lost; whether the service had the message is not known.' }, { retryable: true }));
  }

  /** A text that is not what the service has is replaced by what it has. */
  async #verify(turn, conversation) {
    if (turn.status !== 'finished' || !turn.digest) return;
    if (this.#whole) this.#symptoms.ended(this.#arrivals, turn.timings);
    turn.verified = await compare(turn.text, turn.digest);
    if (turn.verified === 'different') {
      await this.#api.turn(conversation, turn.id).then((json) => turn.take(json), () => {});
    }
    turn.changed();
  }
}
