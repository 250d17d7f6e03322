// A stand-in for an Event Grid system topic and its subscriptions: delivers at least once, in no promised order.
import { newBatch } from "./batch.ts";
import { Deliverer, type Delivery } from "./deliverer.ts";
import { isEventObject, toSchema, typeOf } from "./envelope.ts";
import { handshake } from "./handshake.ts";
import { matches } from "./matches.ts";
import type { Publication } from "./publication.ts";
import { serve } from "./serve.ts";
import type { Subscription } from "./subscription.ts";

export type { Delivery, Subscription };

export interface EventGridOptions {
  /** 0 = any free port of 127.0.0.1. */
  port: number;
  subscriptions: Subscription[];
  /** Where dead letters go. */
  storageConnectionString?: string;
  /** Factor for the retry schedule (10 s, 30 s, 1 min, …) and with it the time to live; default 1. */
  retryScale?: number;
  /** Milliseconds to wait for an endpoint's answer; default 30 000, as Event Grid. */
  responseTimeout?: number;
  /** Share of deliveries sent twice, 0 to 1. */
  duplicates?: number;
  shuffle?: boolean;
  /** Default Math.random; seed it to repeat a run. */
  random?: () => number;
  /** Stamped on events that have none. */
  topic?: string;
  log?: (line: string) => void;
}

export interface EventGrid {
  url: string;
  /** Resolves when the events are accepted, not when they are delivered. @throws Error if one can go nowhere by nature. */
  publish(events: unknown[], how?: Publication): Promise<void>;
  /** Replaces the subscriptions after a handshake with each. Those of the same name keep what waits. @throws Error if one is refused. */
  setSubscriptions(subscriptions: Subscription[]): Promise<void>;
  /** Resolves when no delivery is pending or scheduled. */
  idle(): Promise<void>;
  /** Events pending or scheduled, counted once per subscription and copy. */
  pending(): number;
  /** Calls back after each attempt; returns a function that ends it. */
  onDelivery(listener: (delivery: Delivery) => void): () => void;
  close(): Promise<void>;
}

const localTopic =
  "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/local/providers/Microsoft.Communication/CommunicationServices/local";

/**
 * Starts the simulator: `POST {url}/api/events` publishes, `GET {url}/idle` answers when nothing is pending.
 *
 * @throws Error if the port is taken or an endpoint fails its handshake.
 */
export async function startEventGrid(options: EventGridOptions): Promise<EventGrid> {
  const { random = Math.random, topic = localTopic, log = () => {} } = options;
  const deliverers = new Map<string, Deliverer>();
  const listeners = new Set<(delivery: Delivery) => void>();
  const waitingForIdle = new Set<() => void>();

  const pending = () => [...deliverers.values()].reduce((sum, deliverer) => sum + deliverer.pending, 0);

  const delivererOptions = {
    storageConnectionString: options.storageConnectionString,
    retryScale: options.retryScale ?? 1,
    responseTimeout: options.responseTimeout ?? 30_000,
    log,
    onDelivery: (delivery: Delivery) => {
      for (const listener of listeners) listener(delivery);
    },
    onChange: () => {
      if (pending() > 0) return;
      for (const resolve of waitingForIdle) resolve();
      waitingForIdle.clear();
    },
  };

  function targetsOf(event: unknown, how: Publication): Deliverer[] {
    if (how.subscription !== undefined) {
      const only = deliverers.get(how.subscription);
      if (only === undefined)
        throw new Error(
          `There is no subscription ${how.subscription}; there are ${[...deliverers.keys()].join(", ")}.`,
        );
      return [only];
    }
    const targets = [...deliverers.values()].filter(({ subscription }) => matches(subscription, event));
    if (!isEventObject(event))
      throw new Error("An event is a JSON object. To deliver this all the same, name a subscription.");
    if (targets.length === 0 && typeOf(event) === undefined) {
      throw new Error(
        "An event has no type, so no subscription's filter can match it. To deliver it all the same, name a subscription.",
      );
    }
    return targets;
  }

  /** Publishes and tells how many deliveries each subscription gets; nothing is delivered if one event is refused. */
  function accept(events: unknown[], how: Publication): Record<string, number> {
    const chosen = events.map((event) => ({ event, targets: targetsOf(event, how) }));
    const counts: Record<string, number> = {};
    for (const { event, targets } of chosen) {
      for (const target of targets) {
        const { subscription } = target;
        const asPublished = how.subscription !== undefined || !isEventObject(event);
        const delivered = asPublished ? event : toSchema(event, subscription.schema, topic);
        const copies = (how.duplicates ?? 1) * (random() < (options.duplicates ?? 0) ? 2 : 1);
        for (let copy = 0; copy < copies; copy += 1) {
          const place = how.shuffle || options.shuffle ? Math.floor(random() * (target.waiting + 1)) : undefined;
          target.add(newBatch(delivered, subscription, how), place);
        }
        counts[subscription.name] = (counts[subscription.name] ?? 0) + copies;
      }
    }
    for (const deliverer of deliverers.values()) deliverer.pump();
    return counts;
  }

  async function setSubscriptions(subscriptions: Subscription[]): Promise<void> {
    await Promise.all(subscriptions.map((subscription) => handshake(subscription, topic)));
    const names = new Set(subscriptions.map(({ name }) => name));
    for (const [name, deliverer] of deliverers) {
      if (names.has(name)) continue;
      deliverers.delete(name);
      deliverer.close();
    }
    for (const subscription of subscriptions) {
      const existing = deliverers.get(subscription.name);
      if (existing === undefined) deliverers.set(subscription.name, new Deliverer(subscription, delivererOptions));
      else existing.subscription = subscription;
    }
  }

  const idle = () =>
    pending() === 0 ? Promise.resolve() : new Promise<void>((resolve) => waitingForIdle.add(resolve));

  await setSubscriptions(options.subscriptions);
  const server = await serve(options.port, { accept, idle });
  return {
    url: server.url,
    publish: async (events, how = {}) => {
      accept(events, how);
    },
    setSubscriptions,
    idle,
    pending,
    onDelivery(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      for (const deliverer of deliverers.values()) deliverer.close();
      await server.close();
    },
  };
}
