/** What the parts of the simulator share. */
export interface Context {
  clock: () => Date;
  /** The immutable id of the simulated ACS resource. */
  resourceId: string;
  /** Publishes an event after the delivery delay, without waiting for it. */
  publish(event: SimulatedEvent): void;
  /** Posts a Call Automation callback, signed, without waiting for it. */
  callBack(url: string, event: SimulatedEvent): void;
}

export interface SimulatedEvent {
  /** Without the prefix Microsoft.Communication. */
  type: string;
  id?: string;
  subject: string;
  data: Record<string, unknown>;
}
