// Answers for downloads: whole or in part, with the headers that the recording store (AMS) sends.

import type { StoredRecording } from "./recordingStore.ts";
import type { GeneratedBody, Reply } from "./reply.ts";

const contentTypes = { mp4: "video/mp4", mp3: "audio/mpeg", wav: "audio/wav" };

/** A chunk's content, or the range of it that is asked for (`bytes=a-b`, `bytes=a-` or `bytes=-n`). */
export function serveContent(
  { content, format, asked, askedAt, sent }: StoredRecording,
  range: string | undefined,
): Reply {
  const { start } = spanOf(range, content.length);
  const span: [number, number] = [start, start];
  asked.push(range ?? "whole");
  askedAt.push(performance.now());
  sent.push(span);
  const onWritten = (bytes: number) => {
    span[1] += bytes;
  };
  return { ...serve(content, contentTypes[format], range), onWritten };
}

/** A chunk's metadata file; AMS calls it an octet stream. */
export function serveMetadata({ metadata }: StoredRecording, range: string | undefined): Reply {
  const bytes = Buffer.from(JSON.stringify(metadata));
  return serve(bytes, "application/octet-stream", range);
}

/** The bytes of a body from `start` up to but not including `end`. */
export function partOf(body: Buffer | GeneratedBody, start: number, end: number): Buffer | GeneratedBody {
  return Buffer.isBuffer(body)
    ? body.subarray(start, end)
    : { length: end - start, bytes: (from, to) => body.bytes(start + from, start + to) };
}

function serve(body: Buffer | GeneratedBody, contentType: string, range: string | undefined): Reply {
  const size = body.length;
  const { start, end, whole } = spanOf(range, size);
  const headers = { "content-type": contentType, "accept-ranges": "bytes" };
  if (start >= end && !whole) {
    return { status: 416, headers: { "content-range": `bytes */${size}` } };
  }
  // AMS sends Content-Range with a 200 too.
  const span: Record<string, string> = size > 0 ? { "content-range": `bytes ${start}-${end - 1}/${size}` } : {};
  return { status: whole ? 200 : 206, headers: { ...headers, ...span }, body: partOf(body, start, end) };
}

/** The part of `size` bytes that a Range asks for; all of it if there is none, or none that is understood. */
function spanOf(range: string | undefined, size: number): { start: number; end: number; whole: boolean } {
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(range ?? "") ?? [];
  if (from === "" && to === "") {
    return { start: 0, end: size, whole: true };
  }
  const start = from === "" ? Math.max(size - Number(to), 0) : Number(from);
  const end = from === "" || to === "" ? size : Math.min(Number(to) + 1, size);
  return { start, end, whole: false };
}
