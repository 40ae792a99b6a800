import { parse, plain, render, tooLong } from './renderer.js';

/** What rendering may take of the time there is: a third. But nobody should wait for longer than this. */
const SHARE = 2;
const LONGEST_REST_MS = 400;
const DEFINITION = /^ {0,3}\[[^\]]+\]:/m;

/**
 * Shows a Markdown text that grows. Blocks that cannot change any more are rendered once; only the
 * last one is rendered again as it grows, and less often the longer that takes.
 */
export class GrowingText {
  #element;
  #done;
  #live;
  #source = '';
  #from = 0;
  #env = {};
  #restUntil = 0;
  #complete = true;

  constructor(element) {
    this.#element = element;
    this.#done = element.appendChild(document.createElement('div'));
    this.#live = element.appendChild(document.createElement('div'));
    this.#done.className = this.#live.className = 'blocks';
  }

  /**
   * Shows a text.
   *
   * @param ended whether this is all of it
   * @returns {boolean} whether it could: if not, ask again in the next frame
   */
  show(text, ended) {
    const source = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
    if (source === this.#source && ended === this.#complete) return true;
    const now = performance.now();
    if (!ended && now < this.#restUntil) return false;
    if (!source.startsWith(this.#source) || (ended && DEFINITION.test(source))) this.#restart();
    this.#source = source;
    this.#complete = ended;
    this.#render(ended);
    const took = performance.now() - now;
    this.#restUntil = performance.now() + Math.min(took * SHARE, LONGEST_REST_MS);
    return true;
  }

  #restart() {
    this.#from = 0;
    this.#env = {};
    this.#done.replaceChildren();
  }

  #render(ended) {
    const rest = this.#source.slice(this.#from);
    if (tooLong(rest)) {
      this.#live.replaceChildren(plain(rest));
      return;
    }
    const tokens = parse(rest, this.#env);
    const border = ended ? tokens.length : lastBlock(tokens);
    const settled = tokens.slice(0, border);
    if (settled.length > 0) {
      const end = ended ? rest.length : offsetOfLine(rest, tokens[border].map[0]);
      this.#done.append(render(settled, this.#env, false) ?? plain(rest.slice(0, end)));
      this.#from += end;
    }
    const growing = tokens.slice(border);
    this.#live.replaceChildren(
      growing.length > 0 ? (render(growing, this.#env, true) ?? plain(this.#source.slice(this.#from))) : '',
    );
  }
}

/** Where the last block of the outermost level begins: all before it is closed for good. */
function lastBlock(tokens) {
  for (let at = tokens.length - 1; at > 0; at--) {
    if (tokens[at].level === 0 && tokens[at].nesting >= 0 && tokens[at].map) return at;
  }
  return 0;
}

function offsetOfLine(text, line) {
  let offset = 0;
  for (let i = 0; i < line; i++) offset = text.indexOf('\n', offset) + 1;
  return offset;
}
