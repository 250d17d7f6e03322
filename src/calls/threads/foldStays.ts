// Who was in a thread, from when to when, and by whose hand.
import { defined } from "../../events/defined.ts";
import type { ChangeItem } from "./foldChange.ts";
import type { Participant } from "./fragment.ts";

/** The time of one participant in a thread; somebody who comes back has another one. */
export interface Stay extends Participant {
  /** Absent: was there before what is known. */
  from?: string;
  /** Raw id of who added them, or created the thread with them. */
  addedBy?: string;
  /** Absent: is there still, as far as is known. */
  until?: string;
  /** Raw id; their own for somebody who left. */
  removedBy?: string;
}

/** @param changes in order of time */
export function foldStays(changes: readonly ChangeItem[]): Stay[] {
  const stays: Stay[] = [];
  const open = new Map<string, Stay>();
  for (const { kind, at, by, participant, participants = [] } of changes) {
    if (kind === "participantRemoved" && participant) {
      const id = idOf(participant);
      const stay = open.get(id) ?? begin(stays, participant);
      Object.assign(stay, defined({ until: at, removedBy: by }));
      open.delete(id);
    } else {
      const came = kind === "participantAdded" && participant ? [participant] : participants;
      for (const one of came) {
        const known = open.get(idOf(one));
        // Said twice: the first is when they came.
        if (known) Object.assign(known, { ...one, ...known });
        else open.set(idOf(one), begin(stays, { ...one, ...defined({ from: at, addedBy: by }) }));
      }
    }
  }
  return stays;
}

function begin(stays: Stay[], stay: Stay): Stay {
  const begun = { ...stay };
  stays.push(begun);
  return begun;
}

const idOf = ({ id, displayName }: Participant) => id ?? ` ${displayName}`;
