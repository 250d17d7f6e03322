import { createIdentifierFromRawId } from "@azure/communication-common";
import fc from "fast-check";
import { expect, it } from "vitest";
import { identifierKind } from "../../src/events/identifierKind.ts";

const types = ["4", "8", "28", "48", "", "8 "];
const clouds = ["acs", "dod-acs", "gcch-acs", "spool", "orgid", "dod", "gcch", "teamsvisitor", "bot", "constructor"];
const rawId = fc.oneof(
  fc.string(),
  fc
    .tuple(fc.constantFrom(...types), fc.constantFrom(...clouds), fc.stringMatching(/^[a-f0-9:_-]{0,12}$/))
    .map((parts) => parts.join(":")),
);

it("tells the kind of every raw id as ACS's own library does", () => {
  fc.assert(
    fc.property(rawId, (id) => {
      expect(identifierKind({ rawId: id })).toBe(createIdentifierFromRawId(id).kind);
    }),
    { numRuns: 2_000 },
  );
});

it.each([
  [{ phoneNumber: { value: "+14255550123" } }, "phoneNumber"],
  [{ communicationUser: { id: "8:acs:1_2" } }, "communicationUser"],
  [{ rawId: "opaque", communicationUser: { id: "8:acs:1_2" } }, "communicationUser"],
  [{ microsoftTeamsUser: { userId: "5b0a" } }, "microsoftTeamsUser"],
  [{ microsoftTeamsUser: { isAnonymous: true } }, "microsoftTeamsUser"],
  [{ microsoftTeamsApp: { appId: "5b0a" } }, "microsoftTeamsApp"],
  [{ teamsExtensionUser: { userId: "5b0a" } }, "teamsExtensionUser"],
  [{}, "unknown"],
])("goes by the member that is there when there is no raw id that tells: %j", (identifier, kind) => {
  expect(identifierKind(identifier)).toBe(kind);
});
