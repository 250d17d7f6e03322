/** A recording of four hours a chunk has this many after a month and a half; more is a forged event that floods the queue. */
export const maxJobs = 256;
