const MANY = 8;
const NOTABLE_MS = 1500;

/**
 * Sees from how answers arrive what is wrong on the way: nothing in the protocol tells that a proxy
 * holds bytes back, or cuts what is silent.
 */
export class Symptoms extends EventTarget {
  #cuts = [];
  #found = new Map();

  /** What was seen, in plain words. */
  get list() {
    return [...this.#found.values()];
  }

  /**
   * An answer has come to its end.
   *
   * @param {number[]} arrivals when its pieces arrived, in ms
   * @param {{first_token_ms?: number, total_ms: number}} timings how long the service took
   */
  ended(arrivals, timings) {
    if (arrivals.length < MANY || timings?.first_token_ms == null) return;
    const made = timings.total_ms - timings.first_token_ms;
    const took = arrivals.at(-1) - arrivals[0];
    if (made < NOTABLE_MS) return;
    if (took < made / 5) {
      this.#tell(
        'buffering',
        'The last answer arrived all at once although it was made word by word. Something between you and the ' +
          'service, a proxy or a virus scanner, holds answers back. In nginx: proxy_buffering off.',
      );
    } else {
      this.#forget('buffering');
    }
  }

  /** A stream broke after a silence. The same silence twice is somebody's rule. */
  cut(silenceMs) {
    if (silenceMs < 5000) return;
    const alike = this.#cuts.find((it) => Math.abs(it - silenceMs) < 2000);
    this.#cuts = [...this.#cuts.slice(-4), silenceMs];
    if (alike === undefined) return;
    const seconds = Math.round(silenceMs / 1000);
    this.#tell(
      'idle',
      `Connections are cut after ${seconds} s of silence by something between you and the service. ` +
        'Answers go on all the same; a longer idle timeout of the proxy avoids it.',
    );
  }

  socketBlocked(blocked) {
    if (!blocked) this.#forget('socket');
    else {
      this.#tell(
        'socket',
        'WebSockets do not get through; answers come as event streams instead. Nothing is lost by that. A proxy in ' +
          'between probably does not pass on “Upgrade”.',
      );
    }
  }

  #tell(name, words) {
    if (this.#found.get(name) === words) return;
    this.#found.set(name, words);
    this.dispatchEvent(new Event('change'));
  }

  #forget(name) {
    if (this.#found.delete(name)) this.dispatchEvent(new Event('change'));
  }
}
