// What a seal is, in container `seals`:
//
//   {seq}.json              the head: the span of time, the hashes of its parts, and the hash of the head before
//   {seq}/{kind}-….jsonl    a part: what arrived of a kind in that span, one entry per line
//
//   0000000001.json ◄── previous ── 0000000002.json ◄── previous ── 0000000003.json ◄── whoever keeps its SHA-256 elsewhere has all
import { hash } from "node:crypto";

/** A line of a part: an object of the archive. */
export interface SealEntry {
  container: string;
  name: string;
  /** SHA-256, hex; empty when the object was not there to be hashed. */
  sha256: string;
  /** Bytes. */
  length: number;
  /** When it was stored, ISO 8601. */
  storedAt: string;
}

export interface SealPart {
  name: string;
  /** A family, `quarantine`, `recordingFile`, or `late`: what belongs to an hour of an earlier seal. */
  kind: string;
  sha256: string;
  entries: number;
}

export interface Signature {
  /** As in JSON Web Algorithms. */
  algorithm: "EdDSA" | "ES256";
  /** Id of the Key Vault key, or the SHA-256 of a local one's public half. */
  key: string;
  /** Of the head's JSON without this member; base64url. */
  value: string;
}

export interface SealHead {
  version: 1;
  seq: number;
  /** The span of time that it seals, by time of archiving: `from` included, `to` not. */
  from: string;
  to: string;
  sealedAt: string;
  /** SHA-256 of the head before, hex; null in the first. */
  previous: string | null;
  entries: number;
  parts: SealPart[];
  signature?: Signature;
}

const digits = 10;

export const folderOf = (seq: number): string => String(seq).padStart(digits, "0");

export const headName = (seq: number): string => `${folderOf(seq)}.json`;

/** The number of a seal by the name of its head; undefined for other names. */
export function seqOf(name: string): number | undefined {
  return /^\d{10}\.json$/.test(name) ? Number(name.slice(0, digits)) : undefined;
}

/** What is signed: the head's JSON without its signature. */
export function signedText({ signature: _, ...head }: SealHead): string {
  return JSON.stringify(head);
}

/** By which the next head, and whoever keeps it elsewhere, knows a head. */
export function sha256Of(text: string | Buffer): string {
  return hash("sha256", text);
}
