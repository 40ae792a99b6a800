import { h } from './dom.js';
import { TurnView } from './turn-view.js';

/** Turns in the document at most, and how many come and go at a time. */
const MOST = 60;
const STEP = 20;
const NEAR_END = 48;
const AHEAD = '600px';
const UPWARDS = new Set(['ArrowUp', 'PageUp', 'Home']);

/**
 * Shows a conversation's turns: a window of them, which moves as one scrolls, so that a long
 * conversation scrolls as smoothly as a short one. Keeps to the end while an answer grows, unless
 * the reader has scrolled away.
 */
export class ThreadView {
  #scroller;
  #list;
  #jump;
  #acts;
  #top = h('div', { class: 'sentinel' });
  #bottom = h('div', { class: 'sentinel' });
  #conversation;
  #views = [];
  #from = 0;
  #to = 0;
  #sticks = true;
  #moving = false;
  #before = 0;
  #failed = false;
  #place = 0;
  #finger = 0;

  constructor({ scroller, list, jump }, acts) {
    this.#scroller = scroller;
    this.#list = list;
    this.#jump = jump;
    this.#acts = { ...acts, grown: () => this.#follow() };
    list.before(this.#top);
    list.after(this.#bottom);
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    scroller.addEventListener('wheel', (e) => e.deltaY < 0 && this.#release(), { passive: true });
    scroller.addEventListener('keydown', (e) => UPWARDS.has(e.key) && this.#release());
    scroller.addEventListener('touchstart', (e) => {
      this.#finger = e.touches[0].clientY;
    }, { passive: true });
    scroller.addEventListener('touchmove', (e) => e.touches[0].clientY > this.#finger && this.#release(), { passive: true });
    jump.addEventListener('click', () => this.toEnd());
    new ResizeObserver(() => this.#follow()).observe(scroller);
    const near = new IntersectionObserver((seen) => this.#near(seen), { root: scroller, rootMargin: `${AHEAD} 0px` });
    near.observe(this.#top);
    near.observe(this.#bottom);
  }

  /** Shows a conversation from its end, or nothing. */
  show(conversation) {
    for (const view of this.#views) view.close();
    this.#views = [];
    this.#conversation = conversation;
    this.#to = conversation?.shown.length ?? 0;
    this.#from = Math.max(0, this.#to - STEP * 2);
    this.#sticks = true;
    this.#failed = false;
    this.#top.replaceChildren();
    this.#scroll(0);
    this.update();
  }

  /** The conversation has other turns than before. */
  update() {
    const shown = this.#conversation?.shown ?? [];
    const atEnd = this.#to >= this.#before;
    // Turns that were loaded before the window move it along.
    const first = this.#views[0];
    const at = first ? shown.findIndex(({ turn }) => turn === first.turn) : -1;
    if (at >= 0 && at !== this.#from) {
      this.#to += at - this.#from;
      this.#from = at;
    }
    if (atEnd || this.#sticks) this.#to = shown.length;
    this.#before = shown.length;
    if (this.#sticks) this.#from = Math.max(0, this.#from, this.#to - MOST);
    this.#draw(shown);
    this.#follow();
  }

  #draw(shown) {
    this.#to = Math.min(this.#to, shown.length);
    this.#from = Math.max(0, Math.min(this.#from, this.#to));
    const old = new Map(this.#views.map((view) => [view.key, view]));
    this.#views = shown.slice(this.#from, this.#to).map((it) => {
      const view = old.get(it.turn.key) ?? new TurnView(it, this.#acts);
      view.attempts(it.earlier);
      old.delete(it.turn.key);
      return view;
    });
    for (const gone of old.values()) gone.close();
    let next = this.#list.firstElementChild;
    for (const view of this.#views) {
      if (view.element === next) next = next.nextElementSibling;
      else this.#list.insertBefore(view.element, next);
    }
    this.#views.forEach((view, i) => {
      view.last = this.#from + i === shown.length - 1;
    });
  }

  #near(seen) {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting || !this.#conversation) continue;
      if (target === this.#top) this.#earlier();
      else this.#later();
    }
  }

  async #earlier() {
    if (this.#moving || this.#failed) return;
    this.#moving = true;
    const conversation = this.#conversation;
    try {
      if (this.#from === 0 && conversation.hasOlder) await conversation.loadOlder();
      if (conversation !== this.#conversation || this.#from === 0) return;
      this.#keeping(() => {
        this.#from = Math.max(0, this.#from - STEP);
        this.#to = Math.min(this.#to, this.#from + MOST);
        this.#draw(conversation.shown);
      });
    } catch {
      if (conversation === this.#conversation) this.#fail();
    } finally {
      this.#moving = false;
      if (!this.#failed) this.#look(this.#top, () => this.#earlier());
    }
  }

  /** Whoever is at the top would ask without a pause: then rather when the reader says so. */
  #fail() {
    this.#failed = true;
    const again = () => {
      this.#failed = false;
      this.#top.replaceChildren();
      this.#earlier();
    };
    this.#top.replaceChildren(
      h('p', { class: 'older', role: 'status' }, 'Older messages could not be read. ', h('button', { type: 'button', class: 'link', onclick: again }, 'Try again')),
    );
  }

  #later() {
    const shown = this.#conversation.shown;
    if (this.#to >= shown.length) return;
    this.#keeping(() => {
      this.#to = Math.min(shown.length, this.#to + STEP);
      this.#from = Math.max(this.#from, this.#to - MOST);
      this.#draw(shown);
    });
    this.#look(this.#bottom, () => this.#later());
  }

  /** The observer is silent while its target stays in sight. */
  #look(sentinel, act) {
    requestAnimationFrame(() => {
      if (!this.#conversation || !this.#scroller.clientHeight) return;
      const box = this.#scroller.getBoundingClientRect();
      const place = sentinel.getBoundingClientRect();
      const more = sentinel === this.#top ? this.#from > 0 || this.#conversation.hasOlder : this.#to < this.#before;
      const reach = Number.parseInt(AHEAD, 10);
      if (more && place.bottom > box.top - reach && place.top < box.bottom + reach) act();
    });
  }

  /** Changes what is in the document, with what the reader sees left where it is. */
  #keeping(change) {
    const top = this.#scroller.getBoundingClientRect().top;
    const anchor = this.#views.find((view) => view.element.getBoundingClientRect().bottom > top);
    const place = anchor?.element.getBoundingClientRect().top;
    change();
    if (anchor?.element.isConnected) {
      this.#scroll(this.#scroller.scrollTop + anchor.element.getBoundingClientRect().top - place);
    }
  }

  /** However little one moves up, one wants to stay there; only who moves down to the end goes along again. */
  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const moved = scrollTop - this.#place;
    const left = scrollHeight - scrollTop - clientHeight;
    this.#place = scrollTop;
    // A text that became shorter moves one up as well, but leaves nothing below.
    if (moved < 0 && left > 1) this.#sticks = false;
    if (moved > 0 && left < NEAR_END && this.#to >= this.#before) this.#sticks = true;
    this.#jump.hidden = this.#sticks;
  }

  /** Scrolls, without taking it for the reader's doing. */
  #scroll(top) {
    this.#scroller.scrollTop = top;
    this.#place = this.#scroller.scrollTop;
  }

  #release() {
    if (this.#scroller.scrollHeight <= this.#scroller.clientHeight) return;
    this.#sticks = false;
    this.#jump.hidden = false;
  }

  #follow() {
    if (this.#sticks && this.#before > 0) this.#scroll(this.#scroller.scrollHeight);
  }

  toEnd() {
    const shown = this.#conversation?.shown ?? [];
    this.#sticks = true;
    this.#jump.hidden = true;
    if (this.#to < shown.length) {
      this.#to = shown.length;
      this.#from = Math.max(0, this.#to - STEP * 2);
      this.#draw(shown);
    }
    this.#follow();
  }
}
