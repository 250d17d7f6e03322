// Errors after which nothing was asked of ACS.

/** What @azure/identity throws: there was no token to ask with. The status in some of them is not of ACS. */
export const noToken = new Set(["CredentialUnavailableError", "AuthenticationError", "AggregateAuthenticationError"]);

/** The request cannot have left this machine. */
export const notConnected = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
