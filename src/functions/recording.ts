import { app } from "@azure/functions";
import { withUserIds } from "../people/knowing/withUserIds.ts";
import { showRecording } from "../recordings/serving/showRecording.ts";

app.http("recording", {
  methods: ["GET"],
  authLevel: "function",
  route: "recordings/{recordingId}",
  handler: withUserIds(showRecording),
});
