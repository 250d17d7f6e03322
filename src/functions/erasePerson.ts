import { app } from "@azure/functions";
import { atFirstCall } from "../atFirstCall.ts";
import { adminLevel } from "../http/admin.ts";

app.http("erasePerson", {
  methods: ["DELETE"],
  authLevel: adminLevel(),
  route: "people/{identifier}",
  handler: atFirstCall((all) => all.askErasure),
});
