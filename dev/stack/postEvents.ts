/** Posts events to a function's webhook in one request, as Event Grid does, and gives the status of the answer. */
export async function postEvents(webhookUrl: string, events: unknown): Promise<number> {
  const answer = await fetch(webhookUrl, {
    method: "POST",
    headers: { "content-type": "application/json", "aeg-event-type": "Notification" },
    body: typeof events === "string" ? events : JSON.stringify(events),
  });
  await answer.arrayBuffer();
  return answer.status;
}
