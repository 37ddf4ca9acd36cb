/**
 * Works a queue of the database off, one entry after the other: at each ring, and every few seconds besides, so that a
 * ring that was lost costs little. Entries that fail put themselves off; a database that is away is asked again later.
 */
export class QueueReader {
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | null = null;
  #isAsked = false;
  #isStopped = false;

  constructor(
    /** Works one entry off; false when none is due. */
    readonly next: () => Promise<boolean>,
    readonly onError: (error: unknown) => void,
    readonly lookEveryMs = 2_000,
  ) {}

  start(): void {
    this.#timer = setInterval(() => this.ring(), this.lookEveryMs);
    this.ring();
  }

  ring(): void {
    this.#isAsked = true;
    if (this.#working !== null || this.#isStopped) return;
    this.#working = this.#work().finally(() => {
      this.#working = null;
    });
  }

  /** Ends after the entry that is being worked off. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#working;
  }

  async #work(): Promise<void> {
    while (this.#isAsked && !this.#isStopped) {
      this.#isAsked = false;
      try {
        while (!this.#isStopped && (await this.next()));
      } catch (error) {
        this.onError(error);
        return;
      }
    }
  }
}
