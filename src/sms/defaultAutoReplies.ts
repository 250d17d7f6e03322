import type { AutoReplies } from "./autoReplies.ts";

/** In force until the owner writes a document. */
export const defaultAutoReplies: AutoReplies = {
  rules: [
    { keywords: ["help", "info"], reply: "This number is answered automatically. Reply STOP to end all messages." },
  ],
  fallback: "Thank you for your message. We have received it and will get back to you.",
};
