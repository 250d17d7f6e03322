/** Longest text that ACS takes, in characters (SMS REST API, parameter `message`). */
export const longestReply = 2048;
