import { app } from "@azure/functions";
import { seal } from "../proof/seal.ts";

app.timer("seal", { schedule: "0 25 * * * *", handler: seal });
