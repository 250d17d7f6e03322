/** Of each calling code, how many digits may follow it. */
export const numberLengths: Readonly<Record<string, readonly number[]>>;
