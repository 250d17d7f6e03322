import { type Batch, fill } from "./batch.ts";
import { writeDeadLetter } from "./deadLetters.ts";
import { post } from "./post.ts";
import { isDelivered, retryDelay } from "./retryPolicy.ts";
import type { Subscription } from "./subscription.ts";

/** One attempt: `attempt` counts from 1, `status` 0 stands for no answer. */
export interface Delivery {
  subscription: string;
  events: unknown[];
  status: number;
  attempt: number;
}

interface DelivererOptions {
  storageConnectionString?: string;
  /** Factor for the waits of the retry schedule. */
  retryScale: number;
  /** Milliseconds to wait for an endpoint's answer. */
  responseTimeout: number;
  log: (line: string) => void;
  onDelivery: (delivery: Delivery) => void;
  /** Called whenever something ended that `pending` counted. */
  onChange: () => void;
}

const maxRequests = 32;

/** Delivers one subscription's events at least once, each until it is taken, given up, or the deliverer closes. */
export class Deliverer {
  subscription: Subscription;
  /** Events waiting, under way, or scheduled for another attempt. */
  pending = 0;
  readonly #options: DelivererOptions;
  readonly #queue: Batch[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #closing = new AbortController();
  #requests = 0;

  constructor(subscription: Subscription, options: DelivererOptions) {
    this.subscription = subscription;
    this.#options = options;
  }

  /** @param place index in the queue; by default the end. */
  add(batch: Batch, place = this.#queue.length): void {
    this.pending += batch.events.length;
    this.#queue.splice(place, 0, batch);
  }

  /** How many batches wait, for those who choose a place among them. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** Sends what may be sent now. */
  pump(): void {
    while (
      this.#queue[0] &&
      (this.#requests < maxRequests || this.#queue[0].parallel) &&
      !this.#closing.signal.aborted
    ) {
      const batch = this.#queue.shift();
      if (batch === undefined) return;
      fill(batch, this.#queue);
      this.#requests += 1;
      void this.#attempt(batch);
    }
  }

  close(): void {
    this.#closing.abort();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#queue.length = 0;
    this.pending = 0;
    this.#options.onChange();
  }

  async #attempt(batch: Batch): Promise<void> {
    const { subscription } = this;
    batch.attempts += 1;
    batch.lastAttemptTime = new Date().toISOString();
    const { status, word } = await post(batch, subscription, this.#closing.signal, this.#options.responseTimeout);
    this.#requests -= 1;
    if (this.#closing.signal.aborted) return;
    batch.lastOutcome = word;
    this.#options.onDelivery({
      subscription: subscription.name,
      events: batch.events,
      status,
      attempt: batch.attempts,
    });
    const delay = isDelivered(status) ? undefined : retryDelay(batch.attempts, status);
    if (isDelivered(status)) this.#settle(batch);
    else if (delay === undefined) await this.#giveUp(batch, `Undeliverable${word}`);
    else if (batch.attempts >= (subscription.maxDeliveryAttempts ?? 30))
      await this.#giveUp(batch, "MaxDeliveryAttemptsExceeded");
    else this.#retry(batch, delay);
    this.pump();
  }

  // The time to live is looked at when the next attempt is due, as the service does.
  #retry(batch: Batch, delay: number): void {
    batch.waited += delay;
    const milliseconds = delay * 1000 * this.#options.retryScale;
    this.#log(
      batch,
      `failed (${batch.lastOutcome}, attempt ${batch.attempts}), next in ${Math.round(milliseconds)} ms`,
    );
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (batch.waited > (this.subscription.eventTimeToLiveInMinutes ?? 1440) * 60) {
        void this.#giveUp(batch, "TimeToLiveExceeded");
      } else {
        this.#queue.push(batch);
        this.pump();
      }
    }, milliseconds);
    this.#timers.add(timer);
  }

  async #giveUp(batch: Batch, reason: string): Promise<void> {
    const connectionString = this.#options.storageConnectionString;
    if (this.subscription.deadLetter && connectionString !== undefined) {
      try {
        const name = await writeDeadLetter(connectionString, this.subscription, batch, reason);
        this.#log(batch, `dead-lettered (${reason}, ${batch.lastOutcome}) as ${name}`);
      } catch (error) {
        this.#log(batch, `dropped (${reason}): no dead letter could be written: ${String(error)}`);
      }
    } else {
      this.#log(batch, `dropped (${reason}, ${batch.lastOutcome}): the subscription keeps no dead letters`);
    }
    this.#settle(batch);
  }

  #settle(batch: Batch): void {
    if (this.#closing.signal.aborted) return;
    this.pending -= batch.events.length;
    this.#options.onChange();
  }

  #log(batch: Batch, what: string): void {
    this.#options.log(`${this.subscription.name}: ${batch.events.length} event(s) ${what}`);
  }
}
