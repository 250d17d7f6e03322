import { type ConfigDocument, configDocument } from "../../rules/configDocument.ts";
import { validatePeople } from "../generated/validatePeople.js";
import { checkPeople } from "./checkPeople.ts";
import type { People } from "./people.ts";

/** The owner's document `people.json`. */
export const peopleDocument: ConfigDocument<People> = {
  name: "people.json",
  kind: async () => ({ validate: validatePeople, check: checkPeople }),
  fallback: { people: [] },
};

/** The owner's users, as the document in force has them. */
export const loadPeople = configDocument(peopleDocument);
