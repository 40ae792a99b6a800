const MOST = 2000;

/** The conversations that are this visitor's. Says 'change'. */
export class Library extends EventTarget {
  #api;
  #next;
  items = [];
  loaded = false;

  constructor(api) {
    super();
    this.#api = api;
  }

  get hasMore() {
    return Boolean(this.#next);
  }

  async load() {
    const page = await this.#api.conversations();
    // What was paged in before stays: it comes after this page's last, unless this page is all there is.
    const last = page.items.at(-1)?.created_at;
    const ids = new Set(page.items.map((it) => it.id));
    const known = this.items.filter((it) => it.created_at <= last && !ids.has(it.id));
    this.items = page.next ? [...page.items, ...known] : page.items;
    if (!this.loaded || !page.next) this.#next = page.next;
    this.loaded = true;
    this.#changed();
  }

  async loadMore() {
    if (!this.#next) return;
    const page = await this.#api.conversations(this.#next);
    const ids = new Set(this.items.map((it) => it.id));
    this.items = [...this.items, ...page.items.filter((it) => !ids.has(it.id))];
    this.#next = this.items.length < MOST ? page.next : undefined;
    this.#changed();
  }

  /** For a search, which should not miss what was not paged in. */
  async loadAll() {
    while (this.#next) await this.loadMore();
  }

  async rename(id, title) {
    const json = await this.#api.edit(id, { title });
    this.items = this.items.map((it) => (it.id === id ? json : it));
    this.#changed();
  }

  async remove(id) {
    await this.#api.remove(id).catch((e) => {
      if (e.status !== 404) throw e;
    });
    this.items = this.items.filter((it) => it.id !== id);
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
