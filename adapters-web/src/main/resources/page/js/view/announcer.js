import { nextFrame } from './frame.js';

/**
 * Tells screen readers what happens, in few words: that an answer begins, and how it ended. The
 * answer itself is there to be read when one wishes.
 */
export class Announcer {
  #element;
  #known = new WeakMap();

  constructor(element) {
    this.#element = element;
  }

  say(words) {
    this.#element.textContent = '';
    // A change is spoken only if it is one.
    nextFrame(() => {
      this.#element.textContent = words;
    });
  }

  /** A turn has begun, or come to its end. */
  turn(turn) {
    const words = WORDS[turn.status]?.(turn);
    if (!words || this.#known.get(turn) === turn.status) return;
    this.#known.set(turn, turn.status);
    this.say(words);
  }
}

const WORDS = {
  queued: () => 'Waiting in the queue.',
  running: () => 'The answer begins.',
  finished: (turn) => `The answer is complete, ${turn.text.split(/\s+/).filter(Boolean).length} words.`,
  stopped: () => 'The answer was stopped.',
  failed: (turn) => `The answer failed. ${turn.problem?.title ?? ''}`,
  refused: (turn) => `The message was not accepted. ${turn.problem?.detail ?? ''}`,
  lost: () => 'The service has lost this answer.',
};
