interface Waiting<Item, Answer> {
  readonly item: Item;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Items of one key that come while others of it are being worked on are taken together in the next turn: a flood costs
 * a transaction a moment instead of one for each. Everybody waits for the turn that took their item. Where a turn of
 * several fails, each of them is tried alone, so that one bad item harms nobody else.
 */
export class SharedTurns<Item, Answer> {
  readonly #queues = new Map<string, Waiting<Item, Answer>[]>();

  constructor(
    /** One answer for each item, in order. */
    readonly work: (items: readonly Item[]) => Promise<readonly Answer[]>,
    readonly mostAtOnce: number,
  ) {}

  take(key: string, item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const waiting = { item, resolve, reject };
      const queue = this.#queues.get(key);
      if (queue !== undefined) queue.push(waiting);
      else {
        const fresh = [waiting];
        this.#queues.set(key, fresh);
        void this.#workOff(key, fresh);
      }
    });
  }

  async #workOff(key: string, queue: Waiting<Item, Answer>[]): Promise<void> {
    while (queue.length > 0) await this.#turn(queue.splice(0, this.mostAtOnce));
    // Nothing is awaited between the last look and this, so nobody can have come meanwhile.
    this.#queues.delete(key);
  }

  async #turn(taken: readonly Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.work(taken.map(({ item }) => item));
      for (const [index, { resolve }] of taken.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      if (taken.length === 1) taken[0]?.reject(error);
      else for (const waiting of taken) await this.#turn([waiting]);
    }
  }
}
