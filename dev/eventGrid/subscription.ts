export interface Subscription {
  name: string;
  /** The webhook's URL, with its key if it needs one. */
  endpoint: string;
  /** The envelope in which events are delivered, whatever they were published in. */
  schema: "eventGrid" | "cloudEvents";
  /** Full type names; without them every event matches. */
  includedEventTypes?: string[];
  subjectBeginsWith?: string;
  subjectEndsWith?: string;
  /** 1 to 5000, default 1. */
  maxEventsPerBatch?: number;
  /** Default: no limit, so that `maxEventsPerBatch` alone decides. */
  preferredBatchSizeInKilobytes?: number;
  /** Default 30. */
  maxDeliveryAttempts?: number;
  /** Default 1440. */
  eventTimeToLiveInMinutes?: number;
  /** Keep what was given up in the container `dead-letters`; default: drop it. */
  deadLetter?: boolean;
}
