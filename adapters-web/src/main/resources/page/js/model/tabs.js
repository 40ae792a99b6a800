/** Tells this browser's other tabs what has happened here. */
export class Tabs extends EventTarget {
  #channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('groqchat') : undefined;

  constructor() {
    super();
    this.#channel?.addEventListener('message', ({ data }) => {
      this.dispatchEvent(new CustomEvent(data.type, { detail: data }));
    });
  }

  tell(type, detail) {
    this.#channel?.postMessage({ ...detail, type });
  }
}
