import { recordingBytes } from "../../dev/acsSimulator/recordingBytes.ts";

/** The bytes of a chunk of the simulator, from `start` up to but not including `end`. */
export function sourceBytes(seed: number, bytes: number, start = 0, end = bytes): Buffer {
  return Buffer.concat([...recordingBytes(seed, bytes).bytes(start, end)]);
}
