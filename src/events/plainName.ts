/** Longest name that a source of events uses, and the form of all of them: letters, digits, and few signs. */
const plain = /^[A-Za-z_$][\w$.-]{0,99}$/;

/** A name from outside as it may be shown and counted: one that cannot be a name may be a number or an address. */
export function plainName(name: string): string {
  return plain.test(name) ? name : "(no plain name)";
}
