// Settings of the owner's duties: who may do what cannot be undone, what is kept how long, what is proved.
import type { Setting } from "./settingKinds.ts";

export const ownerSettings = {
  ADMIN_ROLE: {
    default: "",
    meaning:
      "Entra app role of those who may erase, hold and dismiss, where App Service authentication signs users in; empty = the host's master key.",
    parse: (value: string) => {
      // Without it anyone could write the header that says who is signed in.
      if (value && process.env.WEBSITE_AUTH_ENABLED?.toLowerCase() !== "true")
        throw new Error("App Service authentication, which Azure shows by WEBSITE_AUTH_ENABLED=True, is expected");
      return value;
    },
  },
} satisfies Record<string, Setting<unknown>>;
