import { ConnectionLost, Problem } from './problem.js';

/** The service's native API. Every method fails with a Problem or with ConnectionLost. */
export class Api {
  #keyring;

  constructor(keyring) {
    this.#keyring = keyring;
  }

  get hasKey() {
    return Boolean(this.#keyring.key);
  }

  /** An answer that is not an error. Asks for a key where the service wants one, and tries again. */
  async fetch(path, { method = 'GET', body, headers = {}, signal } = {}) {
    for (;;) {
      const key = this.#keyring.key;
      const response = await this.#once(path, { method, body, headers, signal, key });
      if (response.status === 401) {
        await this.#keyring.renew(key);
      } else if (response.ok) {
        return response;
      } else {
        throw await Problem.of(response);
      }
    }
  }

  async #once(path, { method, body, headers, signal, key }) {
    const sent = { Accept: 'application/json', ...headers };
    if (key) sent.Authorization = `Bearer ${key}`;
    if (body !== undefined) sent['Content-Type'] = 'application/json';
    try {
      return await fetch(path, {
        method,
        headers: sent,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal,
        cache: 'no-store',
      });
    } catch (e) {
      if (e.name === 'AbortError') throw e;
      throw new ConnectionLost('the service cannot be reached');
    }
  }

  async #json(path, options) {
    const response = await this.fetch(path, options);
    try {
      return response.status === 204 ? undefined : await response.json();
    } catch {
      throw new ConnectionLost('the answer broke off');
    }
  }

  status() {
    return this.#json('api/status');
  }

  async models() {
    return (await this.#json('api/models')).items;
  }

  /** Whether the service answers at all; never fails. */
  async reachable() {
    try {
      return (await fetch('health', { cache: 'no-store', signal: AbortSignal.timeout(3000) })).ok;
    } catch {
      return false;
    }
  }

  conversations(cursor) {
    return this.#json(`api/conversations?limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
  }

  /** Begins a conversation that is to have more than what its first message gives it. */
  create(id, { title, system }) {
    return this.#json('api/conversations', { method: 'POST', body: { id, title, system } });
  }

  conversation(id, { cursor, limit = 50 } = {}) {
    return this.#json(`${at(id)}?limit=${limit}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
  }

  edit(id, changes) {
    return this.#json(at(id), { method: 'PATCH', body: changes });
  }

  remove(id) {
    return this.#json(at(id), { method: 'DELETE' });
  }

  turn(conversation, turn) {
    return this.#json(`${at(conversation)}/turns/${turn}`);
  }

  context(conversation, turn) {
    return this.#json(`${at(conversation)}/turns/${turn}/context`);
  }

  stop(conversation, turn) {
    return this.#json(`${at(conversation)}/turns/${turn}/stop`, { method: 'POST' });
  }

  async ticket() {
    return (await this.#json('api/tickets', { method: 'POST' })).ticket;
  }

  /** Where a conversation's turns are started and followed. */
  turns(conversation) {
    return `${at(conversation)}/turns`;
  }
}

function at(conversation) {
  return `api/conversations/${encodeURIComponent(conversation)}`;
}
