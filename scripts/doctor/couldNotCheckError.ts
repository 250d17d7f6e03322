/** Something is in the way of a check; `mend` takes it away. */
export class CouldNotCheckError extends Error {
  readonly mend: string;

  constructor(message: string, mend: string) {
    super(message);
    this.mend = mend;
  }
}
