// Which part of a file a request wants, by RFC 9110 (13 conditions, 14 ranges).

export interface FileState {
  /** Bytes. */
  length: number;
  etag: string;
  lastModified: Date;
}

export type WantedPart =
  | { status: 304 }
  | { status: 416 }
  /** Bytes from `start` up to but not including `end`. */
  | { status: 200 | 206; start: number; end: number };

/** Whether a request wants all of a file, a part of it, nothing new (304), or what it does not have (416). */
export function wantedPart(method: string, headers: Headers, file: FileState): WantedPart {
  const known = headers.get("if-none-match");
  if (known !== null && names(known, file.etag)) return { status: 304 };
  const whole = { status: 200, start: 0, end: file.length } as const;
  const range = method === "GET" && isCurrent(headers.get("if-range"), file) ? headers.get("range") : null;
  // Several ranges, another unit, or nonsense: a server may answer with the whole, and this one does.
  const [, first = "", last = ""] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(range ?? "") ?? [];
  if (first === "" && last === "") return whole;
  if (first !== "" && last !== "" && Number(last) < Number(first)) return whole;
  const start = first === "" ? Math.max(file.length - Number(last), 0) : Number(first);
  const end = first === "" || last === "" ? file.length : Math.min(Number(last) + 1, file.length);
  return start < end ? { status: 206, start, end } : { status: 416 };
}

function names(list: string, etag: string): boolean {
  const plain = (tag: string) => tag.trim().replace(/^W\//, "");
  return list.split(",").some((tag) => tag.trim() === "*" || plain(tag) === plain(etag));
}

/** If-Range: the range counts only if the file is still the one that the reader has a part of. */
function isCurrent(ifRange: string | null, { etag, lastModified }: FileState): boolean {
  return ifRange === null || ifRange === etag || ifRange === lastModified.toUTCString();
}
