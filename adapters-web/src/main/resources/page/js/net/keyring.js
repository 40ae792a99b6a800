import { tabStorage } from '../storage.js';

const PLACE = 'groqchat.key';

/** The visitor's API key, if the service wants one: asked for once, kept as long as the tab. */
export class Keyring {
  #asking;
  #ask;

  /** @param {(wrong: boolean) => Promise<string>} ask shows a form; its promise is the key */
  constructor(ask) {
    this.#ask = ask;
  }

  get key() {
    return tabStorage.get(PLACE);
  }

  forget() {
    tabStorage.remove(PLACE);
  }

  /** Asks for another key than the one that was refused. Whoever calls meanwhile gets the same answer. */
  async renew(refused) {
    if (this.key && this.key !== refused) return;
    this.#asking ??= this.#ask(Boolean(refused)).then((key) => {
      tabStorage.put(PLACE, key);
    });
    try {
      await this.#asking;
    } finally {
      this.#asking = undefined;
    }
  }
}
