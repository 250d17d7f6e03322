/** E.164, but for country code 999, which no country has: a recipient that is refused. */
export const e164 = /^\+(?!999)[1-9]\d{1,14}$/;

/** E.164 number, short code, or alphanumeric sender id (at most 11 characters, one of them a letter). */
export const sender = /^(\+[1-9]\d{1,14}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 &+_-]{1,11})$/;
