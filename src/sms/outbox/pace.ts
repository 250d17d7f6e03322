// The pace of a sender: so many texts a minute, as ACS allows it. Pure; times in milliseconds since 1970.
import { numberKind } from "../numberKind.ts";

/**
 * Texts a minute. https://learn.microsoft.com/azure/communication-services/concepts/service-limits has none for long codes; they
 * get the least.
 */
const perMinute = { tollFree: 200, shortCode: 6000, name: 600, longCode: 200 };

/** Three quarters of a minute's texts are spread evenly; a quarter may go at once, which is as much as is spread over 20 s. */
const spread = 0.75;
const burst = 20_000;

/** Whose pace a sender keeps: its own, but names share that of the resource. */
export function paceOf(from: string): { name: string; limit: number } {
  const kind = numberKind(from);
  return { name: kind === "name" ? "names" : from, limit: perMinute[kind] };
}

/**
 * When the next text may go (generic cell rate algorithm).
 * @param due what the last call gave as `due`; undefined for the first text
 */
export function nextSlot(due: number | undefined, now: number, limit: number): { at: number; due: number } {
  const next = Math.max(due ?? now, now) + 60_000 / (limit * spread);
  return { at: Math.max(now, next - burst), due: next };
}
