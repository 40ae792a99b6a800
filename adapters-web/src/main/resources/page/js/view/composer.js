import { tabStorage } from '../storage.js';
import { h, icon } from './dom.js';
import { number } from './words.js';

const TALLEST = 0.4;

/** Where one writes. Keeps a draft for each conversation as long as the tab, and until the service has it. */
export class Composer {
  #form;
  #text;
  #send;
  #editing;
  #acts;
  #place = '';
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
    if (onGlass()) message.enterKeyHint = 'enter';
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
  open(place) {
    this.#place = place;
    this.#turn = undefined;
    this.#write(tabStorage.get(draftAt(place)));
    this.#draw();
  }

  /** The conversation has another place than before; what is being written goes along. */
  set place(place) {
    if (place === this.#place) return;
    if (!this.#turn) this.#keep('');
    this.#place = place;
    if (!this.#turn) this.#keep(this.#text.value);
  }

  /** The service has a message: it need not be kept here. */
  forget(message, places) {
    for (const place of places.map(draftAt)) {
      if (tabStorage.get(place) === message) tabStorage.remove(place);
    }
  }

  #keep(text) {
    if (text) tabStorage.put(draftAt(this.#place), text);
    else tabStorage.remove(draftAt(this.#place));
  }

  #write(text) {
    this.#text.value = text;
    this.#fit();
  }

  focus() {
    this.#text.focus();
  }

  /** Lets a message that was sent be changed. */
  edit(turn) {
    this.#turn = turn;
    this.#write(turn.message);
    this.#draw();
    this.focus();
    this.#text.setSelectionRange(turn.message.length, turn.message.length);
  }

  /** @returns {boolean} whether there was an edit to leave */
  leave() {
    if (!this.#turn) return false;
    this.#turn = undefined;
    this.#write(tabStorage.get(draftAt(this.#place)));
    this.#draw();
    return true;
  }

  #key(e) {
    if (e.key === 'Enter' && !e.shiftKey && !e.isComposing && !onGlass()) {
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
    // An edit has left the draft alone; a message stays kept until the service has it.
    this.#write(turn ? tabStorage.get(draftAt(this.#place)) : '');
    this.#draw();
    if (turn) this.#acts.resend(turn, message);
    else this.#acts.send(message);
  }

  #tooLong(message) {
    return message.length > this.#limit && [...message].length > this.#limit;
  }

  #typed() {
    if (!this.#turn) this.#keep(this.#text.value);
    this.#fit();
  }

  #fit() {
    const text = this.#text;
    const long = this.#tooLong(text.value);
    text.setAttribute('aria-invalid', String(long));
    text.setCustomValidity(long ? `These are ${number([...text.value].length)} characters, of ${number(this.#limit)} at most` : '');
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
    // What is being written need not be fit to be sent for the answer to be stopped.
    this.#send.formNoValidate = running;
    this.#editing.hidden = !this.#turn;
    this.#editing.replaceChildren(
      h('span', {}, 'The last message is sent again, changed'),
      h('button', { type: 'button', class: 'link', onclick: () => this.leave() }, 'Leave as it was'),
    );
    this.#enable();
  }
}

function draftAt(place) {
  return `groqchat.draft.${place}`;
}

/** Where one writes on glass, Enter is for lines: there is no Shift to hold. */
function onGlass() {
  return matchMedia('(pointer: coarse)').matches;
}
