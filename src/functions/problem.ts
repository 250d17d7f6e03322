import { app } from "@azure/functions";
import { showProblem } from "../problems/reading/showProblem.ts";

app.http("problem", { methods: ["GET"], authLevel: "function", route: "problems/{id}", handler: showProblem });
