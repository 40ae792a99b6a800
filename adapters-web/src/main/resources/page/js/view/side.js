import { icon } from './dom.js';

/** The list at the side, which on narrow screens comes and goes. */
export class Side {
  #parts;

  constructor(parts) {
    this.#parts = parts;
    parts.openSide.addEventListener('click', () => this.open());
    parts.closeSide.addEventListener('click', () => this.close());
    parts.veil.addEventListener('click', () => this.close());
    // On a screen that has become wide the list is always there, and nothing under it.
    matchMedia('(max-width: 52rem)').addEventListener('change', () => this.close());
  }

  open() {
    document.body.classList.add('side-open');
    this.#parts.openSide.setAttribute('aria-expanded', 'true');
    this.#parts.main.inert = true;
    this.#parts.closeSide.focus();
  }

  /** @returns {boolean} whether it was open */
  close() {
    if (!document.body.classList.contains('side-open')) return false;
    document.body.classList.remove('side-open');
    this.#parts.openSide.setAttribute('aria-expanded', 'false');
    this.#parts.main.inert = false;
    this.#parts.openSide.focus();
    return true;
  }

  search() {
    if (this.#parts.openSide.checkVisibility?.()) this.open();
    this.#parts.search.focus();
  }
}

/** Gives the buttons that stand in the document their icons, names and acts. */
export function dressStatics(parts, { fresh, settings, help, theme }) {
  const dress = (button, name, label, act) => {
    button.append(icon(name));
    if (label) {
      button.setAttribute('aria-label', label);
      button.title = label;
    }
    if (act) button.addEventListener('click', act);
  };
  dress(parts.new, 'plus', '', fresh);
  parts.new.append('New conversation');
  dress(parts.openSide, 'menu');
  dress(parts.closeSide, 'close');
  dress(parts.settings, 'settings', 'Instructions for this conversation', settings);
  dress(parts.help, 'keyboard', 'Keyboard shortcuts (?)', help);
  dress(parts.theme, 'sun', 'Change the theme', theme);
  dress(parts.jump, 'down');
  parts.jump.append('Latest');
}
