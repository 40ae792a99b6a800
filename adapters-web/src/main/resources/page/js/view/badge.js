import { dialog } from './dialogs.js';
import { h } from './dom.js';
import { duration } from './words.js';

const STATES = {
  connecting: ['Connecting', 'wait'],
  online: ['Connected', 'good'],
  reconnecting: ['Reconnecting …', 'bad'],
  offline: ['Offline', 'bad'],
};

/** Shows how the connection is; pressed, it says more. */
export class Badge {
  #elements;
  #connection;
  #symptoms;

  constructor(elements, connection, symptoms) {
    this.#elements = elements;
    this.#connection = connection;
    this.#symptoms = symptoms;
    connection.addEventListener('change', () => this.#draw());
    symptoms.addEventListener('change', () => this.#draw());
    for (const element of elements) element.addEventListener('click', () => this.check());
    this.#draw();
  }

  #draw() {
    const [words, look] = STATES[this.#connection.state];
    const noted = look === 'good' && this.#symptoms.list.length > 0;
    for (const element of this.#elements) {
      element.dataset.look = noted ? 'noted' : look;
      element.dataset.state = this.#connection.state;
      element.title = 'How the connection is';
      element.setAttribute('aria-label', `${words}${noted ? ', with remarks' : ''}. Check the connection`);
      element.replaceChildren(h('span', { class: 'lamp', 'aria-hidden': 'true' }), h('span', { class: 'badge-words' }, words));
    }
  }

  async check() {
    const facts = h('dl', { class: 'facts' });
    const remarks = h('ul', { class: 'remarks' });
    const words = h('p', { 'aria-live': 'polite' }, 'Looking …');
    dialog('Connection', words, facts, remarks, h('p', { class: 'help' }, 'Whether answers are held back or cut on the way is seen while they arrive: the more you ask, the more is known here.'));
    const { reachable, roundTrip, line } = await this.#connection.check().catch(() => ({ reachable: false }));
    this.#symptoms.socketBlocked(line === 'events');
    words.textContent = summary(reachable, line, this.#symptoms.list);
    const rows = [
      ['Service', reachable ? 'answers' : 'does not answer'],
      reachable && ['Answers come by', line === 'socket' ? 'WebSocket' : 'event streams over HTTP'],
      reachable && ['Round trip', duration(this.#connection.latency ?? roundTrip)],
    ].filter(Boolean);
    facts.replaceChildren(...rows.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]));
    remarks.replaceChildren(...this.#symptoms.list.map((it) => h('li', {}, it)));
  }
}

function summary(reachable, line, symptoms) {
  if (!reachable) return 'The service cannot be reached. This page tries again every two seconds; what you wrote stays here.';
  if (symptoms.length > 0) return 'It works, with remarks:';
  return line === 'socket' ? 'All is well.' : 'It works.';
}
