import { verifyRecordings } from "../src/recordings/verify/verifyRecordings.ts";

/** @returns what gives the number of differences; undefined when the arguments are none of the usage */
export function recordingsCommand([option, recordingId, ...rest]: string[]): (() => Promise<number>) | undefined {
  if (rest.length > 0 || (option !== undefined && (option !== "--recording" || !recordingId))) return undefined;
  return async () => {
    const total = { recordings: 0, chunks: 0, bytes: 0, unsaved: 0, differences: 0 };
    for await (const { manifest, differences, ...counts } of verifyRecordings(recordingId)) {
      total.recordings++;
      total.chunks += counts.chunks;
      total.bytes += counts.bytes;
      total.unsaved += counts.unsaved;
      total.differences += differences.length;
      for (const difference of differences) console.log(`DIFFERS  ${difference}`);
      if (differences.length === 0)
        console.log(`ok       ${manifest}  ${counts.chunks} chunk(s), ${counts.bytes} bytes`);
    }
    console.log(
      `${total.recordings} recordings, ${total.chunks} chunks, ${total.bytes} bytes read; ` +
        `${total.unsaved} chunks not archived; ${total.differences} differences`,
    );
    return total.differences;
  };
}
