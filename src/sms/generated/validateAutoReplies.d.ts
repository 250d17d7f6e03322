import type { AutoReplies } from "../autoReplies.ts";

export declare const validateAutoReplies: {
  (value: unknown): value is AutoReplies;
  errors?: { instancePath: string; message?: string }[] | null;
};
