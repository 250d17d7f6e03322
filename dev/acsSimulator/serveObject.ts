// Answers for downloads: whole or in part, with the headers that the recording store (AMS) sends.

import type { StoredRecording } from "./recordingStore.ts";
import type { GeneratedBody, Reply } from "./reply.ts";

const contentTypes = { mp4: "video/mp4", mp3: "audio/mpeg", wav: "audio/wav" };

/** A chunk's content, or the range of it that is asked for (`bytes=a-b`, `bytes=a-` or `bytes=-n`). */
export function serveContent({ content, format, asked }: StoredRecording, range: string | undefined): Reply {
  asked.push(range ?? "whole");
  return serve(content, contentTypes[format], range);
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
  const asked = /^bytes=(\d*)-(\d*)$/.exec(range ?? "");
  const [from = "", to = ""] = asked?.slice(1) ?? [];
  // AMS sends Content-Range with a 200 too.
  const headers = { "content-type": contentType, "accept-ranges": "bytes" };
  if (from === "" && to === "") {
    const whole: Record<string, string> = size > 0 ? { "content-range": `bytes 0-${size - 1}/${size}` } : {};
    return { status: 200, headers: { ...headers, ...whole }, body };
  }
  const start = from === "" ? Math.max(size - Number(to), 0) : Number(from);
  const end = from === "" || to === "" ? size : Math.min(Number(to) + 1, size);
  if (start >= end) {
    return { status: 416, headers: { "content-range": `bytes */${size}` } };
  }
  return {
    status: 206,
    headers: { ...headers, "content-range": `bytes ${start}-${end - 1}/${size}` },
    body: partOf(body, start, end),
  };
}
