import { app } from "@azure/functions";
import { showThread } from "../calls/threads/showThread.ts";
import { withUserIds } from "../people/knowing/withUserIds.ts";

app.http("thread", {
  methods: ["GET"],
  authLevel: "function",
  route: "threads/{threadId}",
  handler: withUserIds(showThread),
});
