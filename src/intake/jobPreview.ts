/** What the ledger says of a job before it is done again. */
export interface JobPreview {
  /** Doing it again would change nothing. */
  done: boolean;
  /** How it stands, in a few words without personal data. */
  says: string;
}
