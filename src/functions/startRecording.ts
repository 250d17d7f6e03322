import { app } from "@azure/functions";
import { postRecording } from "../recordings/control/recordingsApi.ts";

app.http("startRecording", { methods: ["POST"], authLevel: "function", route: "recordings", handler: postRecording });
