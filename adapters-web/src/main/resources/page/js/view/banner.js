import { h } from './dom.js';

/** One line above the messages about something that does not pass by itself. */
export class Banner {
  #element;

  constructor(element) {
    this.#element = element;
  }

  /** @param {...{words: string, act: () => void}} acts what can be done */
  show(look, words, ...acts) {
    this.#element.dataset.look = look;
    this.#element.replaceChildren(
      h('span', {}, words),
      ...acts.map((it) => h('button', { type: 'button', class: 'button', onclick: it.act }, it.words)),
    );
    this.#element.hidden = false;
  }

  hide() {
    this.#element.hidden = true;
  }
}
