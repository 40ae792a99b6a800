import { Problem } from '../net/problem.js';
import { Follower } from './follower.js';
import { randomId } from './ids.js';
import { Turn } from './turn.js';

const PAGE = 50;

/**
 * A conversation as this page knows it. Says 'change' when it has other turns or another title,
 * 'lost' when the service knows nothing of it any more, and 'turn' when one has begun or ended.
 */
export class Conversation extends EventTarget {
  #service;
  #older;
  #loadingOlder;
  #outdated = false;
  id;
  title = null;
  system = null;
  /** Oldest first. */
  turns = [];
  /** Whether the service has it: a new one begins with its first message. */
  stored = false;
  lost = false;
  /** Whether its first message is on the way to being sent. */
  beginning = false;

  /** @param service {{api, connection, symptoms}} */
  constructor(service, id) {
    super();
    this.#service = service;
    this.id = id ?? randomId();
    this.stored = id !== undefined;
  }

  get hasOlder() {
    return Boolean(this.#older);
  }

  get last() {
    return this.turns.at(-1);
  }

  get running() {
    return this.turns.find((turn) => turn.running);
  }

  /** Reads it, or what is new of it. Turns that this page follows are left as they are. */
  async load() {
    const json = await this.#service.api.conversation(this.id, { limit: PAGE });
    // One that is being sent may be in there already, and cannot be told yet: then rather later.
    this.#outdated = this.turns.some((turn) => turn.running && !turn.id);
    if (this.#outdated) return;
    this.title = json.title;
    this.system = json.system;
    const known = new Map(this.turns.map((turn) => [turn.id, turn]));
    const newest = json.turns.map((it) => this.#merged(known.get(it.id), it));
    const oldest = json.turns[0]?.id;
    const before = this.turns.filter((turn) => turn.id && turn.id < oldest);
    // What was sent after the service took its picture is not in it.
    const newestId = json.turns.at(-1)?.id ?? '';
    const after = this.turns.filter((turn) => !turn.id || turn.id > newestId);
    // Far behind, there would be a hole between what is known and what is new.
    const joined = before.length === 0 || known.has(oldest);
    this.turns = [...(joined ? before : []), ...newest, ...after];
    if (!joined || before.length === 0) this.#older = json.next;
    this.stored = true;
    this.dispatchEvent(new Event('change'));
    for (const turn of newest) this.#follow(turn);
  }

  #merged(turn, json) {
    if (!turn) return Turn.of(json);
    if (!turn.following && !turn.ended) turn.take(json);
    return turn;
  }

  async loadOlder() {
    if (!this.#older) return;
    this.#loadingOlder ??= this.#loadPage().finally(() => {
      this.#loadingOlder = undefined;
    });
    await this.#loadingOlder;
  }

  async #loadPage() {
    const page = await this.#service.api.conversation(this.id, { limit: PAGE, cursor: this.#older });
    this.turns = [...page.turns.map((it) => Turn.of(it)), ...this.turns];
    this.#older = page.next;
    this.dispatchEvent(new Event('change'));
  }

  /** Has the service make it, under a title; its first message would, too. */
  async begin(title) {
    await this.#service.api.create(this.id, { title });
    this.stored = true;
    this.title = title;
  }

  /** Says something; what comes of it is the turn's to tell. */
  send(message, { model, retryOf } = {}) {
    const turn = Turn.sending(message, { model, retryOf });
    const wish = { message, on_disconnect: 'continue' };
    if (model) wish.model = model;
    if (retryOf) wish.retry_of = retryOf;
    this.turns = [...this.turns, turn];
    this.dispatchEvent(new Event('change'));
    this.#follow(turn, wish);
    return turn;
  }

  /** The same once more, or other words, in a turn's place. */
  again(turn, { message = turn.message, model } = {}) {
    if (turn.status === 'refused') {
      this.turns = this.turns.filter((it) => it !== turn);
      return this.send(message, { model, retryOf: turn.retryOf });
    }
    // What the service has lost cannot be tried again, only asked anew.
    return this.send(message, { model, retryOf: turn.status === 'lost' ? undefined : turn.id });
  }

  /** Stops what is being written, as soon as it has a name; what could not even be sent is given up. */
  async stop() {
    const turn = this.running;
    if (turn?.id) {
      await this.#service.api.stop(this.id, turn.id);
    } else if (turn?.sent) {
      turn.stopWanted = true;
      turn.changed();
    } else if (turn) {
      turn.giveUp.abort();
      turn.refuse(new Problem({ title: 'Not sent', detail: 'The message was given up before the service had it.' }, { retryable: true }));
    }
  }

  /** Nobody looks at it any more. Sockets carry many turns; browsers have few streams to spare. */
  leave() {
    if (this.#service.connection.line.name !== 'events') return;
    for (const turn of this.turns) {
      // One that is being sent has no name yet by which it could be found again.
      if (!turn.id) continue;
      turn.giveUp?.abort();
      turn.following = undefined;
    }
  }

  /** A turn that another tab has begun. */
  async join(id) {
    if (this.turns.some((turn) => turn.id === id)) return;
    await this.load();
  }

  async #follow(turn, wish) {
    if (!turn.running || turn.following) return;
    const giveUp = new AbortController();
    turn.following = turn.giveUp = giveUp;
    turn.addEventListener('change', () => this.#told(turn), { signal: giveUp.signal });
    try {
      await new Follower(this.#service).bring(turn, this.id, wish, giveUp.signal);
    } finally {
      if (turn.following === giveUp) turn.following = undefined;
    }
    if (turn.running) return;
    if (turn.status === 'lost') this.lose();
    this.dispatchEvent(new CustomEvent('turn', { detail: turn }));
  }

  #told(turn) {
    if (turn.id && turn.stopWanted && !turn.stopping) {
      turn.stopping = true;
      this.stop().catch(() => turn.unstoppable());
    }
    if (turn.told || !turn.id || turn.status === 'sending') return;
    turn.told = true;
    this.stored = true;
    this.dispatchEvent(new CustomEvent('turn', { detail: turn }));
    if (this.#outdated) this.load().catch(() => {});
  }

  lose() {
    this.lost = true;
    for (const turn of this.turns) if (turn.running) turn.lose();
    this.dispatchEvent(new Event('lost'));
  }

  /**
   * Turns without those that were tried again later: each with its earlier attempts, oldest first.
   *
   * @returns {{turn: Turn, earlier: Turn[]}[]}
   */
  get shown() {
    const byId = new Map(this.turns.map((turn) => [turn.id, turn]));
    const replaced = new Set(this.turns.map((turn) => turn.retryOf).filter(Boolean));
    return this.turns
      .filter((turn) => !turn.id || !replaced.has(turn.id))
      .map((turn) => ({ turn, earlier: earlier(turn, byId) }));
  }

  async rename(title) {
    const json = await this.#service.api.edit(this.id, { title });
    this.title = json.title;
    this.dispatchEvent(new Event('change'));
  }

  /** What the model is told before all else; empty for the service's own. */
  async instruct(system) {
    if (this.stored) await this.#service.api.edit(this.id, { system });
    else await this.#service.api.create(this.id, { system });
    this.stored = true;
    this.system = system || null;
    this.dispatchEvent(new Event('change'));
  }

  get asMarkdown() {
    const said = this.shown.map(({ turn }) => `**You:**\n\n${turn.message}\n\n**${turn.model ?? 'Model'}:**\n\n${turn.text}\n`);
    return `# ${this.title ?? 'Conversation'}\n\n${said.join('\n---\n\n')}`;
  }
}

function earlier(turn, byId) {
  const found = [];
  for (let it = byId.get(turn.retryOf); it && !found.includes(it); it = byId.get(it.retryOf)) found.unshift(it);
  return found;
}
