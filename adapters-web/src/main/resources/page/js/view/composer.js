import { h, icon } from './dom.js';

const TALLEST = 0.4;

/** Where one writes. Keeps a draft for each conversation as long as the tab. */
export class Composer {
  #form;
  #text;
  #send;
  #editing;
  #acts;
  #conversation = '';
  #turn;
  #running = false;
  #limit = Infinity;

  /** @param acts send(message), resend(turn, message), stop(), editLast() */
  constructor({ composer, message, send, editing }, acts) {
    this.#form = composer;
    this.#text = message;
    this.#send = send;
    this.#editing = editing;
    this.#acts = acts;
    composer.addEventListener('submit', (e) => this.#submit(e));
    message.addEventListener('input', () => this.#typed());
    message.addEventListener('keydown', (e) => this.#key(e));
    this.#draw();
  }

  set limit(codePoints) {
    this.#limit = codePoints;
  }

  set running(running) {
    if (this.#running === running) return;
    this.#running = running;
    this.#draw();
  }

  /** Turns to a conversation, and to what was begun to be written there. */
  open(id) {
    this.#conversation = id;
    this.#turn = undefined;
    this.write(sessionStorage.getItem(this.#place) ?? '');
    this.#draw();
  }

  get #place() {
    return `groqchat.draft.${this.#conversation}`;
  }

  write(text) {
    this.#text.value = text;
    this.#typed();
  }

  focus() {
    this.#text.focus();
  }

  /** Lets a message that was sent be changed. */
  edit(turn) {
    this.#turn = turn;
    this.write(turn.message);
    this.#draw();
    this.focus();
    this.#text.setSelectionRange(turn.message.length, turn.message.length);
  }

  /** @returns {boolean} whether there was an edit to leave */
  leave() {
    if (!this.#turn) return false;
    this.#turn = undefined;
    this.write('');
    this.#draw();
    return true;
  }

  #key(e) {
    if (e.key === 'Enter' && !e.shiftKey && !e.isComposing) {
      e.preventDefault();
      this.#form.requestSubmit();
    } else if (e.key === 'ArrowUp' && this.#text.value === '' && !this.#turn) {
      if (this.#acts.editLast()) e.preventDefault();
    }
  }

  #submit(e) {
    e.preventDefault();
    const message = this.#text.value;
    if (this.#running) {
      if (e.submitter === this.#send) this.#acts.stop();
      return;
    }
    if (!message.trim() || this.#tooLong(message)) return;
    const turn = this.#turn;
    this.#turn = undefined;
    this.write('');
    this.#draw();
    if (turn) this.#acts.resend(turn, message);
    else this.#acts.send(message);
  }

  #tooLong(message) {
    return message.length > this.#limit && [...message].length > this.#limit;
  }

  #typed() {
    const text = this.#text;
    const long = this.#tooLong(text.value);
    text.setAttribute('aria-invalid', String(long));
    text.setCustomValidity(long ? `At most ${this.#limit} characters` : '');
    try {
      if (text.value && !this.#turn) sessionStorage.setItem(this.#place, text.value);
      else sessionStorage.removeItem(this.#place);
    } catch {
      // The draft is too long to be kept.
    }
    text.style.height = 'auto';
    text.style.height = `${Math.min(text.scrollHeight, innerHeight * TALLEST)}px`;
    this.#enable();
  }

  #enable() {
    this.#send.disabled = !this.#running && !this.#text.value.trim();
  }

  #draw() {
    const running = this.#running;
    this.#send.replaceChildren(icon(running ? 'stop' : 'send'));
    this.#send.setAttribute('aria-label', running ? 'Stop the answer' : 'Send');
    this.#send.title = running ? 'Stop (Esc)' : 'Send (Enter)';
    this.#send.classList.toggle('is-stop', running);
    this.#editing.hidden = !this.#turn;
    this.#editing.replaceChildren(
      h('span', {}, 'The last message is sent again, changed'),
      h('button', { type: 'button', class: 'link', onclick: () => this.leave() }, 'Leave as it was'),
    );
    this.#enable();
  }
}
