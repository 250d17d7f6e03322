import type { Family } from "../../events/families.ts";

export interface ExportOptions {
  /** Folder of the export. */
  out: string;
  format: "jsonl" | "vcon";
  /** Arrival, `to` not included; milliseconds since 1970. */
  from?: number;
  to?: number;
  /** Absent: all, and what is in quarantine. */
  families?: readonly Family[];
  /** Where the folder will be served, ending in a slash: addresses of media in vCons. */
  mediaUrl?: string;
}
