/** An event in Event Grid schema, as a publisher would send it: without what the service stamps. */
export function textEvent(members: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: "event-1",
    eventType: "Microsoft.Communication.SMSReceived",
    subject: "/phonenumber/15550100200",
    eventTime: "2026-03-01T10:00:00.000Z",
    data: { messageId: "m-1", from: "+15550100100", to: "+15550100200", message: "are you open?" },
    ...members,
  };
}
