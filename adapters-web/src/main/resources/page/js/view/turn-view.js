import { GrowingText } from '../markdown/growing-text.js';
import { Problem } from '../net/problem.js';
import { copyFrom, h, icon, iconButton } from './dom.js';
import { nextFrame } from './frame.js';
import { duration, number, time, wholeTime } from './words.js';

const TICK_MS = 1000;

/** Shows one turn, and keeps up with it. Draws at most once a frame. */
export class TurnView {
  #turn;
  #earlier;
  #acts;
  #text;
  #thought;
  #parts = {};
  #callOff;
  #ticking = 0;
  #counting = 0;
  #drawn = '';
  #onChange = () => this.#later();

  /**
   * @param {{turn, earlier}} shown a turn, and its earlier attempts
   * @param acts what its buttons do: again(turn), edit(turn), details(turn), grown(view)
   */
  constructor({ turn, earlier }, acts) {
    this.#turn = turn;
    this.#earlier = earlier;
    this.#acts = acts;
    this.element = this.#build();
    this.#watch(turn);
  }

  get key() {
    return this.#turn.key;
  }

  get turn() {
    return this.#turn;
  }

  /** It is the last one, which may be tried again or changed. */
  set last(last) {
    this.element.classList.toggle('is-last', last);
  }

  attempts(earlier) {
    if (earlier.length === this.#earlier.length) return;
    this.#earlier = earlier;
    this.#pager();
  }

  #build() {
    const parts = this.#parts;
    parts.question = h('div', { class: 'bubble', dir: 'auto' });
    parts.asked = h('time', {});
    parts.questionActs = h(
      'div',
      { class: 'acts' },
      parts.asked,
      iconButton('copy', 'Copy message', (e) => copyFrom(e.currentTarget, parts.shown.message)),
      iconButton('edit', 'Edit and send again', () => this.#acts.edit(this.#turn), { class: 'icon-button only-last' }),
    );
    parts.thoughtText = h('div', { class: 'md', dir: 'auto' });
    parts.thoughtTitle = h('span', {});
    parts.thought = h('details', { class: 'thought', hidden: true }, h('summary', {}, icon('next'), parts.thoughtTitle), parts.thoughtText);
    parts.text = h('div', { class: 'md', dir: 'auto' });
    parts.state = h('p', { class: 'state', hidden: true });
    parts.problem = h('div', { class: 'problem', hidden: true });
    parts.pager = h('span', { class: 'pager', hidden: true });
    parts.about = h('button', { type: 'button', class: 'about', title: 'Tokens, timings and what the model saw', onclick: () => this.#acts.details(parts.shown) });
    parts.answerActs = h(
      'div',
      { class: 'acts' },
      iconButton('copy', 'Copy answer', (e) => copyFrom(e.currentTarget, parts.shown.text)),
      iconButton('retry', 'Try again', () => this.#acts.again(this.#turn), { class: 'icon-button only-last' }),
      parts.pager,
      parts.about,
    );
    parts.thought.addEventListener('toggle', () => this.#later());
    return h(
      'article',
      { class: 'turn' },
      h('div', { class: 'said by-user', role: 'group', 'aria-label': 'You' }, parts.question, parts.questionActs),
      h('div', { class: 'said by-model', role: 'group', 'aria-label': 'Answer' }, parts.thought, parts.text, parts.state, parts.problem, parts.answerActs),
    );
  }

  #watch(shown) {
    this.#parts.shown?.removeEventListener('change', this.#onChange);
    this.#parts.shown = shown;
    shown.addEventListener('change', this.#onChange);
    this.#parts.text.replaceChildren();
    this.#parts.thoughtText.replaceChildren();
    this.#text = new GrowingText(this.#parts.text);
    this.#thought = new GrowingText(this.#parts.thoughtText);
    this.#drawn = '';
    this.#pager();
    this.#draw();
  }

  #later() {
    this.#callOff ||= nextFrame(() => {
      this.#callOff = undefined;
      this.#draw();
      this.#acts.grown(this);
    });
  }

  #draw() {
    const turn = this.#parts.shown;
    const whole = this.#text.show(turn.text, !turn.running);
    const thought = this.#drawThought(turn);
    if (!whole || !thought) this.#later();
    this.#drawState(turn);
    const form = [turn.status, turn.id, turn.verified, turn.model, turn.interrupted, turn.message].join('|');
    if (form === this.#drawn) return;
    this.#drawn = form;
    this.#drawRest(turn);
  }

  #drawThought(turn) {
    const { thought, thoughtTitle } = this.#parts;
    thought.hidden = !turn.reasoning;
    if (!turn.reasoning) return true;
    const busy = turn.running && !turn.text;
    const took = turn.thoughtFor > 500 ? ` for ${duration(turn.thoughtFor)}` : '';
    thoughtTitle.textContent = busy ? 'Thinking…' : `Thought${took}`;
    thought.classList.toggle('is-busy', busy);
    return !thought.open || this.#thought.show(turn.reasoning, !busy);
  }

  #drawState(turn) {
    const { state } = this.#parts;
    const words = stateWords(turn);
    state.hidden = words === undefined;
    if (words === undefined) {
      clearInterval(this.#ticking);
      this.#ticking = 0;
      return;
    }
    if (turn.wait) this.#ticking ||= setInterval(() => this.#drawState(this.#parts.shown), TICK_MS);
    if (state.dataset.words === words) return;
    state.dataset.words = words;
    state.replaceChildren(h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')), words);
  }

  #drawRest(turn) {
    const { question, asked, about, answerActs, problem } = this.#parts;
    this.element.dataset.status = turn.status;
    this.element.dataset.turn = turn.id ?? '';
    if (turn.verified) this.element.dataset.verified = turn.verified;
    this.element.classList.toggle('is-running', turn.running);
    this.element.querySelector('.by-model').setAttribute('aria-busy', String(turn.running));
    question.replaceChildren(...said(turn.message));
    asked.textContent = time(turn.createdAt);
    asked.dateTime = turn.createdAt.toISOString();
    asked.title = wholeTime(turn.createdAt);
    answerActs.hidden = turn.running || (turn.status === 'refused' && !turn.text);
    about.textContent = summary(turn);
    about.disabled = !turn.id || turn.status === 'lost';
    problem.replaceChildren(...this.#trouble(turn));
    problem.hidden = problem.childElementCount === 0;
  }

  /** What is to be said of how it ended, unless it ended well. */
  #trouble(turn) {
    if (turn.status === 'stopped') return [h('p', { class: 'note' }, 'You stopped this answer.')];
    if (turn.status === 'lost') return [h('p', { class: 'note' }, 'The service has lost this answer. What arrived of it stands above.')];
    if (turn.finishReason === 'length' && turn.status === 'finished') {
      return [h('p', { class: 'note' }, 'The answer ends here because it reached the most tokens allowed. Ask the model to go on.')];
    }
    if (turn.finishReason === 'content_filter') return [h('p', { class: 'note' }, 'The provider’s content filter ended this answer.')];
    if (!turn.problem || !['failed', 'refused'].includes(turn.status)) return [];
    const it = turn.problem instanceof Problem ? turn.problem : new Problem(turn.problem, turn.problem);
    return [
      h('strong', {}, it.title),
      it.detail && !sameWords(it) && h('p', { dir: 'auto' }, sentence(it.detail)),
      it.advice && h('p', { class: 'advice' }, it.advice),
      h('div', { class: 'problem-acts' }, it.retryable ? this.#retryButton(turn.failedAt + it.retryAfter * 1000) : null,
        h('button', { type: 'button', class: 'button', onclick: () => this.#acts.edit(this.#turn) }, 'Edit message')),
    ].filter(Boolean);
  }

  /** A button that counts down to when it may be pressed: at once if that is not a number. */
  #retryButton(until) {
    const button = h('button', { type: 'button', class: 'button primary', onclick: () => this.#acts.again(this.#turn) }, 'Try again');
    clearTimeout(this.#counting);
    const count = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      button.disabled = left > 0;
      button.textContent = left > 0 ? `Try again in ${left} s` : 'Try again';
      if (left > 0) this.#counting = setTimeout(count, TICK_MS / 4);
    };
    count();
    return button;
  }

  /** Goes through the attempts at one question. */
  #pager() {
    const all = [...this.#earlier, this.#turn];
    const at = all.indexOf(this.#parts.shown);
    const { pager } = this.#parts;
    pager.hidden = all.length < 2;
    pager.replaceChildren(
      iconButton('previous', 'Earlier attempt', () => this.#watch(all[at - 1]), { disabled: at <= 0 }),
      h('span', {}, `${at + 1} of ${all.length}`),
      iconButton('next', 'Later attempt', () => this.#watch(all[at + 1]), { disabled: at === all.length - 1 }),
    );
  }

  /** It is no longer shown. */
  close() {
    this.#parts.shown.removeEventListener('change', this.#onChange);
    this.#callOff?.();
    clearInterval(this.#ticking);
    clearTimeout(this.#counting);
    this.element.remove();
  }
}

function stateWords(turn) {
  if (!turn.running) return undefined;
  if (turn.interrupted) return 'The connection is lost. The answer goes on as soon as it is back.';
  if (turn.stopWanted) return 'Stopping';
  if (turn.wait) {
    const seconds = Math.max(0, Math.ceil((turn.wait.until - Date.now()) / 1000));
    return `Number ${turn.wait.position} in the queue${seconds > 0 ? `, about ${seconds} s` : ', any moment now'}`;
  }
  if (turn.status === 'sending') return 'Sending';
  return turn.text ? '' : 'Waiting for the first word';
}

/** A message; a script for the simulator in its first line is folded away below what is asked. */
function said(message) {
  const [, script, rest] = /^(\/sim(?: .*)?)(?:\n([^]*))?$/.exec(message) ?? [];
  if (script === undefined || (!rest && script.length < 60)) return [message];
  return [rest ?? '', h('details', { class: 'script' }, h('summary', {}, 'Script for the simulator'), h('code', {}, script))];
}

/** Whether the detail tells nothing that the title does not. */
function sameWords({ title, detail }) {
  const plain = (text) => text.toLowerCase().replace(/ before its end$/, '').replace(/\W+$/, '');
  return plain(title) === plain(detail);
}

function sentence(text) {
  return text[0].toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');
}

function tokens(count) {
  return count === 1 ? '1 token' : `${number(count)} tokens`;
}

function summary(turn) {
  const parts = [turn.model].filter(Boolean);
  if (turn.usage) parts.push(tokens(turn.usage.completion_tokens));
  if (turn.timings) parts.push(duration(turn.timings.total_ms));
  return parts.join(' · ') || 'Details';
}
