import { randomId } from './ids.js';

const ENDED = new Set(['finished', 'stopped', 'failed', 'lost']);

/**
 * One user message and its reply, as far as this page knows it. Says 'change' when it has changed.
 *
 * Besides the service's own states there are `sending`, before it has an id, `refused`, if it never
 * got one, and `lost`, if the service knows nothing of it any more.
 */
export class Turn extends EventTarget {
  id;
  status = 'sending';
  message = '';
  text = '';
  reasoning = '';
  model;
  usage;
  timings;
  problem;
  finishReason;
  retryOf;
  createdAt = new Date();
  /** The last event that was applied. */
  seq = 0;
  /** Its place in the queue and how long that may take, while it waits. */
  wait;
  /** Whether it may have reached the service. */
  sent = false;
  /** Whether it is to be stopped once it has an id. */
  stopWanted = false;
  stopping = false;
  /** When its failure was told, in ms; undefined for one that was read later. */
  failedAt;
  /** Who follows it. */
  following;
  /** Whether the connection is away in the middle of it. */
  interrupted = false;
  /** What comparing the whole text with the service's digest gave. */
  verified;
  key = randomId();
  thinkingSince;
  thoughtFor;

  /** A turn that is about to be sent. */
  static sending(message, { model, retryOf } = {}) {
    const turn = new Turn();
    Object.assign(turn, { message, model, retryOf });
    return turn;
  }

  /** A turn as the service tells it. */
  static of(json) {
    const turn = new Turn();
    turn.take(json);
    return turn;
  }

  get ended() {
    return ENDED.has(this.status);
  }

  get running() {
    return !this.ended && this.status !== 'refused';
  }

  /** Takes over a snapshot. */
  take(json) {
    Object.assign(this, {
      id: json.id,
      status: json.status,
      message: json.message,
      text: json.text,
      reasoning: json.reasoning,
      model: json.model,
      finishReason: json.finish_reason,
      usage: json.usage,
      timings: json.timings,
      problem: json.error && { ...json.error, retryable: true },
      retryOf: json.retry_of,
      createdAt: new Date(json.created_at),
      // Its place in the queue is told by events only.
      seq: json.status === 'queued' ? 0 : json.last_seq,
      interrupted: false,
    });
    this.changed();
  }

  /** Applies an event; one that is known already changes nothing. */
  apply(event) {
    if (event.seq <= this.seq && event.type !== 'gap') return;
    this.seq = event.seq;
    this.id ??= event.turn;
    this.interrupted = false;
    if (event.type !== 'queued') this.wait = undefined;
    APPLY[event.type]?.(this, event);
    this.changed();
  }

  /** The service has it, and calls it so. */
  begin(id) {
    if (this.id) return;
    this.id = id;
    this.changed();
  }

  /** Stopping it did not work; it can be tried again. */
  unstoppable() {
    this.stopWanted = this.stopping = false;
    this.changed();
  }

  refuse(problem) {
    this.status = 'refused';
    this.failedAt = Date.now();
    this.problem = problem;
    this.changed();
  }

  /** The service does not know it, or its conversation, any more. */
  lose() {
    this.status = 'lost';
    this.interrupted = false;
    this.changed();
  }

  interrupt() {
    if (this.interrupted) return;
    this.interrupted = true;
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }
}

const APPLY = {
  queued(turn, { position, eta_ms: eta }) {
    turn.status = 'queued';
    turn.wait = { position, until: Date.now() + eta };
  },
  started(turn, { model, x_cache: cache }) {
    turn.status = 'running';
    turn.model = model;
    turn.cache = cache;
  },
  reasoning(turn, { text }) {
    turn.thinkingSince ??= Date.now();
    turn.reasoning += text;
  },
  delta(turn, { text }) {
    thought(turn);
    turn.text += text;
  },
  gap(turn, { text }) {
    turn.text = text;
  },
  finished(turn, event) {
    thought(turn);
    Object.assign(turn, {
      status: 'finished',
      finishReason: event.reason,
      usage: event.usage,
      timings: event.timings,
      digest: event,
    });
  },
  stopped(turn) {
    turn.status = 'stopped';
  },
  failed(turn, { error, retryable }) {
    turn.status = 'failed';
    turn.failedAt = Date.now();
    turn.problem = { ...error, retryable };
  },
};

function thought(turn) {
  if (turn.thinkingSince && turn.thoughtFor === undefined) {
    turn.thoughtFor = Date.now() - turn.thinkingSince;
  }
}
