/** Work that goes on after an answer: events to publish, callbacks to post. */
export class Background {
  readonly #running = new Set<Promise<void>>();
  readonly #log: (line: string) => void;

  constructor(log: (line: string) => void) {
    this.#log = log;
  }

  /** Starts a task; a failure is logged under `what`. */
  run(what: string, task: () => Promise<void>): void {
    const running = task()
      .catch((error: unknown) => this.#log(`${what} failed: ${error instanceof Error ? error.message : String(error)}`))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  /** Resolves when no task runs. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) {
      await Promise.all(this.#running);
    }
  }
}
