// Settings of the owner's duties: who may do what cannot be undone, what is kept how long, what is proved.
import { createPrivateKey, type KeyObject } from "node:crypto";
import { count, type Setting } from "./settingKinds.ts";

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
  SEAL: {
    default: "hourly",
    meaning: "How often what was archived is sealed: hourly, daily or off.",
    parse: (value: string): "hourly" | "daily" | "off" => {
      const period = value.toLowerCase();
      if (period !== "hourly" && period !== "daily" && period !== "off")
        throw new Error("hourly, daily or off is expected");
      return period;
    },
  },
  SEAL_KEY: {
    default: "",
    meaning:
      "Key that signs seals: the id of an EC P-256 key in Key Vault (https://….vault.azure.net/keys/…); in development a private key in PEM. Empty = unsigned.",
    parse: (value: string): { local: KeyObject } | { vaultKey: string } | undefined => {
      if (!value) return undefined;
      if (vaultKeyId.test(value)) return { vaultKey: value };
      const local = privateKey(value);
      if (!local) throw new Error("the id of a Key Vault key, or a private key (Ed25519 or P-256) in PEM is expected");
      return { local };
    },
  },
  RETENTION_EVENTS_DAYS: count(
    0,
    "Days after which archived events are deleted, and all that leads to them; 0 = kept for ever.",
  ),
  RETENTION_RECORDINGS_DAYS: count(0, "Days after which recordings are deleted; 0 = kept for ever."),
  RETENTION_QUARANTINE_DAYS: count(0, "Days after which what is in quarantine is deleted; 0 = kept for ever."),
  RETENTION_TIMELINE_DAYS: count(
    0,
    "Days after which events are found by their blobs alone: they leave timelines, lists and transcripts; 0 = never.",
  ),
  EXPORT_DAYS: count(
    7,
    "How many days what was exported about a person can be fetched (1 or more) before it is deleted.",
    1,
  ),
  EXPORT_PART_MB: count(
    2000,
    "Size in MB (1 to 4000) from which a person's export goes on in another zip; a long recording may make one larger.",
    1,
    4000,
  ),
  ERASE_SHARED_RECORDINGS: {
    default: "keep",
    meaning:
      "What an erasure does with a recording in which others took part too: keep (without the person's name in it) or delete.",
    parse: (value: string): "keep" | "delete" => {
      const known = (["keep", "delete"] as const).find((one) => one === value.toLowerCase());
      if (!known) throw new Error("keep or delete is expected");
      return known;
    },
  },
} satisfies Record<string, Setting<unknown>>;

/** On a host of Key Vault or its managed HSM, in any cloud. */
const vaultKeyId =
  /^https:\/\/[\w-]+\.(vault\.azure\.(net|cn)|vault\.usgovcloudapi\.net|managedhsm\.azure\.net)\/keys\/[\w-]+(\/[\w-]+)?\/?$/;

function privateKey(pem: string): KeyObject | undefined {
  try {
    // An app setting is one line.
    const key = createPrivateKey(pem.replaceAll("\\n", "\n"));
    const curve = key.asymmetricKeyDetails?.namedCurve;
    return key.asymmetricKeyType === "ed25519" || curve === "prime256v1" ? key : undefined;
  } catch {
    return undefined;
  }
}
