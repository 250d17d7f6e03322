import { userDisconnected } from "./userDisconnected.ts";

/** Presence. */
export const presenceEvents = [userDisconnected];
