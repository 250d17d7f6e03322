import { app } from "@azure/functions";
import { showPerson } from "../people/knowing/showPerson.ts";

app.http("person", { methods: ["GET"], authLevel: "function", route: "people/{identifier}", handler: showPerson });
