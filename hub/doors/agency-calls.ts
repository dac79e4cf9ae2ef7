import { createHash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import {
  type Answer,
  type Checked,
  type Complaint,
  ComplaintContent,
  type FollowUp,
  OneOf,
  type Post,
} from '../../schemas/index.ts';
import type { Attachments } from '../attachments/attachments.ts';
import { findComplaintFor } from '../board/find-complaint-for.ts';
import { parseReceiptNumber } from '../board/receipt-number.ts';
import { findUnstorable } from '../exchange/find-unstorable.ts';
import type { Accept, Accepted } from '../exchange/incoming.ts';
import type { Store } from '../store/database.ts';
import { Refusal } from './problem.ts';

const closed = { additionalProperties: false } as const;

/** A complaint that an agency registers: `externalId` is the agency's own id of it, and makes sending it again harmless. */
export const Registration = Type.Object(
  { externalId: Type.String({ minLength: 1, maxLength: 200 }), content: ComplaintContent },
  closed,
);
export type Registration = Static<typeof Registration>;

/** What the caller is told: the number to quote. `duplicate`: the same was taken in before. */
export const Receipt = Type.Object(
  {
    outcome: OneOf(['applied', 'duplicate'] as const),
    id: Type.String({ format: 'uuid' }),
    receiptNumber: Type.String(),
  },
  closed,
);
export type Receipt = Static<typeof Receipt>;

/**
 * What the machines of a partner agency can ask for, at whichever door: a door only knows who calls, reads and
 * writes. `key`: the caller's own key of this call; without one, calls with the same words are the same call.
 * Errors: Refusal.
 */
export interface AgencyCalls {
  register(agency: string, registration: Registration, key?: string): Promise<Receipt>;
  addAnswer(agency: string, receiptNumber: string, answer: Answer, key?: string): Promise<Receipt>;
  addFollowUp(agency: string, receiptNumber: string, followUp: FollowUp, key?: string): Promise<Receipt>;
  getComplaint(agency: string, receiptNumber: string): Promise<Complaint>;
}

export function createAgencyCalls(
  { store, accept, attachments }: { store: Store; accept: Accept; attachments: Attachments },
  source: 'rest' | 'soap',
): AgencyCalls {
  async function getComplaint(agency: string, text: string): Promise<Complaint> {
    const receiptNumber = parseReceiptNumber(text);
    if (!receiptNumber)
      throw new Refusal(
        'not-found',
        `${text.slice(0, 40)} is not a receipt number: its check digit is wrong`,
      );
    const found = await findComplaintFor(store, agency, receiptNumber);
    if (!found) throw new Refusal('not-found');
    return found.complaint;
  }

  async function mustHaveGoodFiles(agency: string, files: Answer['attachments'], pointer: string) {
    const problems = await attachments.findProblems(agency, files, pointer);
    if (problems.length > 0) throw new Refusal('invalid', undefined, problems);
  }

  const add =
    <T extends Answer | FollowUp>(part: string, toPost: (value: T) => Post) =>
    async (agency: string, text: string, value: T, key?: string): Promise<Receipt> => {
      const { id, receiptNumber } = await getComplaint(agency, text);
      await mustHaveGoodFiles(agency, value.attachments, '/attachments');
      const accepted = await accept({
        agency,
        source,
        externalId: `${receiptNumber}/${part}`,
        version: toVersion(value, key),
        raw: value,
        normalised: { ok: true, post: toPost(value) },
        complaintId: id,
      });
      return toReceipt(accepted);
    };

  return {
    async register(agency, registration, key) {
      const { externalId, content } = registration;
      await mustHaveGoodFiles(agency, content.attachments, '/content/attachments');
      const version = toVersion(registration, key);
      const normalised = { ok: true, post: { content } } as const;
      return toReceipt(await accept({ agency, source, externalId, version, raw: registration, normalised }));
    },
    addAnswer: add('answers', (answer: Answer) => ({ answers: [answer] })),
    addFollowUp: add('follow-ups', (followUp: FollowUp) => ({ followUps: [followUp] })),
    getComplaint,
  };
}

/** Same key, or same words: the same call. */
function toVersion(value: unknown, key: string | undefined): string {
  return key ? `key:${key}` : createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}

function toReceipt(accepted: Accepted): Receipt {
  if (accepted.outcome === 'refused' || accepted.outcome === 'parked')
    throw new Refusal('invalid', undefined, accepted.problems);
  const { outcome, complaintId, receiptNumber } = accepted;
  return { outcome, id: complaintId, receiptNumber };
}

/** What passed its schema, and is storable. Errors: Refusal `invalid` with every problem. */
export function mustPass<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new Refusal('invalid', undefined, checked.problems);
  const unstorable = findUnstorable(checked.value);
  if (unstorable) throw new Refusal('invalid', undefined, [unstorable]);
  return checked.value;
}
