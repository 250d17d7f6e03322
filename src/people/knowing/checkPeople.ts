import type { Entity } from "../../events/entities.ts";
import type { Finding } from "../../rules/finding.ts";
import type { People } from "./people.ts";
import { entityNamed, kindOf } from "./personNamed.ts";

/** What a schema cannot say of `people.json`: what is no identifier, and what stands at two people. Pure. */
export function checkPeople({ people }: People): Finding[] {
  const found: Finding[] = [];
  const standsAt = new Map<Entity, number>();
  const claim = (entity: Entity, index: number, instancePath: string) => {
    const other = standsAt.get(entity) ?? index;
    standsAt.set(entity, other);
    if (other !== index) found.push({ instancePath, message: `also stands at /people/${other}` });
  };
  for (const [index, { id, identifiers }] of people.entries()) {
    const own = entityNamed(id);
    const at = `/people/${index}`;
    if (own === undefined || own === "nobody" || kindOf(own) !== "userId") {
      const message = "is no id of yours: it has a letter, and is no raw id, number or e-mail address";
      found.push({ instancePath: `${at}/id`, message });
    } else claim(own, index, `${at}/id`);
    for (const [place, identifier] of identifiers.entries()) {
      const instancePath = `${at}/identifiers/${place}`;
      const entity = entityNamed(identifier);
      if (entity === undefined || (entity !== "nobody" && kindOf(entity) === "userId")) {
        const message = "is no raw id (8:acs:…), no phone number with + and country code, and no e-mail address";
        found.push({ instancePath, message });
      } else if (entity === "nobody") found.push({ instancePath, message: "is an app or a withheld number: nobody" });
      else claim(entity, index, instancePath);
    }
  }
  return found;
}
