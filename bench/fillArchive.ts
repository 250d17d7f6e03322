// Fills the account of AzureWebJobsStorage as the app would, without the app: for what must hold with any number of events.
import { Semaphore } from "async-mutex";
import { announce } from "../src/announce.ts";
import { accept } from "../src/events/accept.ts";
import { archive } from "../src/storage/archive.ts";
import { index } from "../src/storage/timeline.ts";

export interface Filling {
  /** How many events, a text, a delivery report and a chat message in turn. */
  events: number;
  /** The days over which their arrival is spread, and when the last of them is. */
  days: number;
  end: Date;
  /** Number of the first: fillings with other numbers are other events. */
  first?: number;
}

/** Events at once. */
const places = 64;

/** Archives, indexes and announces events as `receive` does, with a time of arrival of their own. Again changes nothing. */
export async function fillArchive({ events, days, end, first = 0 }: Filling): Promise<void> {
  const way = new Semaphore(places);
  const step = (days * 86_400_000) / events;
  for (let number = 0; number < events; number++) {
    const at = new Date(end.getTime() - Math.floor((events - number) * step));
    const [, release] = await way.acquire();
    void fillOne(first + number, at).finally(release);
  }
  await way.acquire(places);
}

async function fillOne(number: number, at: Date): Promise<void> {
  const event = accept(eventOf(number, at));
  const written = { ...(await archive(event)), storedAt: at, at };
  await index(event, written);
  await announce(event, written.blob, at);
}

const topic = "/subscriptions/fill/resourceGroups/fill/providers/Microsoft.Communication/communicationServices/fill";

/** An event by its number: the same number is the same event. */
export function eventOf(number: number, at: Date): object {
  const id = `fill-${String(number).padStart(8, "0")}`;
  const from = `+1425555${String(number % 1_000).padStart(4, "0")}`;
  const eventTime = at.toISOString();
  const common = { id, topic, eventTime, dataVersion: "1.0", metadataVersion: "1" };
  const kinds = [
    () => ({
      ...{ ...common, eventType: "Microsoft.Communication.SMSReceived", subject: "/phonenumber/18335550100" },
      data: {
        ...{ messageId: `Incoming_${id}`, from, to: "+18335550100", message: `Text number ${number}` },
        receivedTimestamp: eventTime,
      },
    }),
    () => ({
      ...{ ...common, eventType: "Microsoft.Communication.SMSDeliveryReportReceived" },
      subject: "/phonenumber/18335550100",
      data: {
        ...{ messageId: `Outgoing_${id}`, from: "+18335550100", to: from, deliveryStatus: "Delivered" },
        ...{ deliveryStatusDetails: "No error.", receivedTimestamp: eventTime, tag: "" },
      },
    }),
    () => {
      const rawId = `8:acs:fill_${number % 1_000}`;
      const threadId = `19:fill-${number % 500}@thread.v2`;
      return {
        ...{ ...common, eventType: "Microsoft.Communication.ChatMessageReceivedInThread" },
        subject: `thread/${threadId}/sender/${rawId}`,
        data: {
          ...{ messageBody: `Message number ${number}`, messageId: String(at.getTime() + number), type: "Text" },
          ...{ version: String(at.getTime()), senderDisplayName: "Filler", composeTime: eventTime, threadId },
          senderCommunicationIdentifier: { rawId, communicationUser: { id: rawId } },
          transactionId: id,
        },
      };
    },
  ];
  return kinds[number % kinds.length]?.() ?? {};
}
