import ParseWorker from './parse.worker?worker';
import { parsedText } from './parsed.js';

/** Parses texts beside the page, in the order in which they are given. */
export class BackgroundParser {
  #worker: Worker | null = null;
  #waiting: { readonly text: string; answer(value: unknown): void }[] = [];

  /** Loads the worker, so that it stands when the hands rest. */
  start(): void {
    if (this.#worker !== null) return;
    const worker = new ParseWorker();
    worker.onmessage = ({ data }: MessageEvent<unknown>) => this.#waiting.shift()?.answer(data);
    // Where a browser has none, the page parses by itself.
    worker.onerror = () => {
      for (const { text, answer } of this.#waiting.splice(0)) answer(parsedText(text).tree?.value ?? null);
      this.stop();
    };
    this.#worker = worker;
  }

  /** The value of a text; null where it cannot be read. */
  parse(text: string): Promise<unknown> {
    this.start();
    return new Promise((answer) => {
      this.#waiting.push({ text, answer });
      this.#worker?.postMessage(text);
    });
  }

  stop(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#waiting = [];
  }
}
