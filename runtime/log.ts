/** Where the runtime says what it does; a pino logger and the console both fit. Lines hold no secrets. */
export interface RuntimeLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** For places where nobody listens (tests, the CLI's quiet commands). */
export const silentLog: RuntimeLog = { info: () => {}, warn: () => {}, error: () => {} };
