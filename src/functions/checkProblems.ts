import { app } from "@azure/functions";
import { checkProblems } from "../problems/checking/checkProblems.ts";

app.timer("checkProblems", { schedule: "30 */10 * * * *", handler: checkProblems });
