// What one of theirs wants from one of ours: a register that every STOP and START is folded into, in whatever order they come. Pure.
//
//   time ────────►        STOP 1      START 2      STOP 3
//   arrive as 1 2 3       out by 1    in by 2      out by 3
//   arrive as 3 1 2       out by 3    stays        stays         the same end; a second or a late delivery changes nothing

export type OptOutState = {
  state: "out" | "in";
  /** When the word was said that counts. */
  at: Date;
  /** Who said it: messageId of the text or of the reported one, or an id of the owner's request. */
  id: string;
  /**
   * Id of the change that brought the present state about, as far as they have come: who finds itself here confirms it, so a second STOP
   * is not confirmed again. An id comes here at most once, and not again after another one. Unlike the rest it may depend on the order
   * of arrival: of two STOPs that overtake each other, it is the one that came first.
   */
  since: string;
  /** A text, a delivery report that says the sender is blocked, or `PUT` and `DELETE /api/sms/opt-outs/…`. */
  source: "text" | "report" | "owner";
};

export type OptOutChange = Omit<OptOutState, "since">;

/**
 * The state after one more change. The latest counts; of two at the same time the one that opts out, and then the one with the greater id.
 * Commutative, associative and idempotent in state, at and id.
 * @returns `before` itself when the change changes nothing
 */
export function foldOptOut(before: OptOutState | undefined, change: OptOutChange): OptOutState {
  if (before && !isLater(change, before)) return before;
  const { state, at, id, source } = change;
  return { state, at, id, since: before?.state === state ? before.since : id, source };
}

function isLater(one: OptOutChange, other: OptOutChange): boolean {
  const ahead = one.at.getTime() - other.at.getTime();
  if (ahead !== 0) return ahead > 0;
  if (one.state !== other.state) return one.state === "out";
  return one.id > other.id;
}
