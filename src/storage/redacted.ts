/** Of an event out of which a person was taken before it came in: the identity that it had, and the tombstone that tells of it. */
export interface Redacted {
  identity: string;
  tombstone: string;
}
