/** Hands over what arrives, in order, to whoever iterates. For one writer and one reader. */
export class Channel {
  #items = [];
  #wake = () => {};
  #end;

  put(item) {
    this.#items.push(item);
    this.#wake();
  }

  /** Ends the iteration, with an error if one is given, after what has arrived. */
  end(error) {
    this.#end ??= { error };
    this.#wake();
  }

  async *[Symbol.asyncIterator]() {
    for (;;) {
      const items = this.#items;
      this.#items = [];
      yield* items;
      if (this.#items.length > 0) continue;
      if (this.#end?.error) throw this.#end.error;
      if (this.#end) return;
      await new Promise((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
