import { confirm, prompt } from './dialogs.js';
import { h, iconButton } from './dom.js';
import { age } from './words.js';

const ORDER = ['Today', 'Yesterday', 'Last 7 days', 'Older'];
const PATIENCE_MS = 150;

/** The conversations at the side. */
export class ListView {
  #element;
  #search;
  #library;
  #acts;
  #current;
  #typing;

  /** @param acts removed(id), renamed(id, title), trouble(error) */
  constructor({ list, search }, library, acts) {
    this.#element = list;
    this.#search = search;
    this.#library = library;
    this.#acts = acts;
    library.addEventListener('change', () => this.draw());
    search.addEventListener('input', () => {
      this.draw();
      clearTimeout(this.#typing);
      if (search.value) this.#typing = setTimeout(() => library.loadAll().catch(() => {}), PATIENCE_MS);
    });
  }

  set current(id) {
    this.#current = id;
    this.draw();
  }

  draw() {
    const wanted = this.#search.value.trim().toLocaleLowerCase();
    const found = this.#library.items
      .filter((it) => titleOf(it).toLocaleLowerCase().includes(wanted))
      .sort((one, other) => other.updated_at.localeCompare(one.updated_at));
    const groups = Map.groupBy ? Map.groupBy(found, ageOf) : grouped(found);
    const focused = document.activeElement?.closest?.('.entry')?.dataset.id;
    this.#element.replaceChildren(
      ...ORDER.filter((name) => groups.has(name)).map((name) => this.#group(name, groups.get(name))),
      this.#rest(found, wanted),
    );
    if (focused) this.#element.querySelector(`[data-id="${CSS.escape(focused)}"] a`)?.focus();
  }

  #rest(found, wanted) {
    if (this.#library.hasMore && !wanted) {
      return h('button', { type: 'button', class: 'button more', onclick: () => this.#library.loadMore().catch(this.#acts.trouble) }, 'Show older ones');
    }
    if (found.length > 0 || !this.#library.loaded) return '';
    return h('p', { class: 'nothing' }, wanted ? 'No title has that in it.' : 'What you begin stands here.');
  }

  #group(name, items) {
    const id = `group-${ORDER.indexOf(name)}`;
    return h('section', { 'aria-labelledby': id }, h('h2', { id }, name), h('ul', {}, ...items.map((it) => this.#entry(it))));
  }

  #entry(item) {
    const title = titleOf(item);
    return h(
      'li',
      { class: 'entry', 'data-id': item.id },
      h('a', { href: `#/c/${encodeURIComponent(item.id)}`, dir: 'auto', 'aria-current': item.id === this.#current ? 'page' : null, title }, title),
      iconButton('edit', `Rename ${title}`, () => this.#rename(item)),
      iconButton('trash', `Delete ${title}`, () => this.#remove(item)),
    );
  }

  async #rename(item) {
    const title = await prompt('Rename', { label: 'Title', value: titleOf(item), action: 'Rename', required: true, maxlength: 200 });
    if (title === undefined) return;
    await this.#library.rename(item.id, title).then(() => this.#acts.renamed(item.id, title), this.#acts.trouble);
    this.#element.querySelector(`[data-id="${CSS.escape(item.id)}"] a`)?.focus();
  }

  async #remove(item) {
    const sure = await confirm('Delete this conversation?', `“${titleOf(item)}” is deleted for good; an answer that is being written is stopped.`, 'Delete');
    if (!sure) return;
    await this.#library.remove(item.id).then(() => this.#acts.removed(item.id), this.#acts.trouble);
    if (document.activeElement === document.body) this.#search.focus();
  }
}

function titleOf(item) {
  return item.title || 'Untitled';
}

function ageOf(item) {
  return age(new Date(item.updated_at));
}

/** For browsers of before 2024. */
function grouped(items) {
  const groups = new Map();
  for (const item of items) groups.set(ageOf(item), [...(groups.get(ageOf(item)) ?? []), item]);
  return groups;
}
