import { app } from "@azure/functions";
import { problems } from "../problems/reading/problemsApi.ts";

app.http("problems", { methods: ["GET"], authLevel: "function", route: "problems", handler: problems });
