// What the records of an export share. Everything has a description: the schemas are published, and read without this code.
import type { TProperties } from "typebox";
import * as Type from "typebox";

/** An object of exactly these members; those not in `Type.Optional` are always there. */
export function closed<P extends TProperties>(description: string, properties: P) {
  return Type.Object(properties, { description, additionalProperties: false });
}

export const text = (description: string) => Type.String({ description });
export const amount = (description: string) => Type.Number({ description });
export const maybe = Type.Optional;

export const time = (description: string) =>
  Type.String({
    description: `${description}; ISO 8601, UTC`,
    pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,7})?Z$",
  });

export const sha256 = Type.String({ description: "SHA-256, hex", pattern: "^[0-9a-f]{64}$" });

export const party = closed("Who", {
  id: maybe(text("A raw id of ACS (8:acs:…, 8:orgid:…, 4:+…), a phone number, a short code, the name of a sender")),
  kind: maybe(
    text("communicationUser, phoneNumber, microsoftTeamsUser, microsoftTeamsApp, teamsExtensionUser, unknown"),
  ),
  name: maybe(text("As it was shown to the others")),
});
