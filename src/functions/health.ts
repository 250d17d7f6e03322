import { app } from "@azure/functions";
import { health } from "../http/health.ts";

app.http("health", { methods: ["GET"], authLevel: "anonymous", route: "health", handler: health });
