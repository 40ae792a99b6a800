import { browserStorage } from '../storage.js';
import { h } from './dom.js';
import { number } from './words.js';

const PLACE = 'groqchat.model';

/** The choice of a model, which this browser remembers. */
export class Models {
  #select;
  #usual;

  constructor(select) {
    this.#select = select;
    select.append(h('option', { value: '' }, 'Usual model'));
    select.addEventListener('change', () => browserStorage.put(PLACE, select.value));
  }

  /** @param usual the one that answers where none is named */
  offer(models, usual) {
    this.#usual = usual;
    const others = models.filter((it) => it.id !== usual).sort((one, other) => one.id.localeCompare(other.id));
    this.#select.replaceChildren(
      h('option', { value: '' }, usual ?? 'Usual model'),
      ...others.map((it) => h('option', { value: it.id, title: `${number(it.context_window)} tokens of context` }, it.id)),
    );
    const remembered = browserStorage.get(PLACE);
    if (others.some((it) => it.id === remembered)) this.#select.value = remembered;
  }

  /** undefined for the usual one. */
  get chosen() {
    return this.#select.value || undefined;
  }
}
