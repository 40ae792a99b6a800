/**
 * What a browser keeps for this page. Where storage is forbidden or full, what was put is kept as
 * long as the page.
 */
class Storage {
  #place;
  #memory = new Map();

  /** @param {() => globalThis.Storage} place may throw: so it is where storage is forbidden */
  constructor(place) {
    this.#place = place;
  }

  /** @returns {string} empty if there is none */
  get(name) {
    try {
      return this.#memory.get(name) ?? this.#place().getItem(name) ?? '';
    } catch {
      return '';
    }
  }

  put(name, value) {
    this.#memory.delete(name);
    try {
      this.#place().setItem(name, value);
    } catch {
      this.#memory.set(name, value);
    }
  }

  remove(name) {
    this.#memory.delete(name);
    try {
      this.#place().removeItem(name);
    } catch {
      // Nothing was kept there.
    }
  }
}

/** As long as the tab. */
export const tabStorage = new Storage(() => sessionStorage);

/** For good. */
export const browserStorage = new Storage(() => localStorage);
