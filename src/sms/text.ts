/** A received text. */
export interface Text {
  /** ACS's id of it; unique per number. */
  messageId: string;
  /** E.164; a short code or a name is as it came. */
  from: string;
  /** Which of our numbers was texted: E.164 or a short code. */
  to: string;
  message: string;
  receivedAt: Date;
}
