import { type Static, Type } from 'typebox';
import { Answer, ComplaintContent, FollowUp } from './complaint.ts';
import { Step } from './steps/step.ts';
import { AgencyCode, Instant, Status } from './vocabulary.ts';

/**
 * What one board holds of one complaint, in canonical form. Every adapter maps a board's record into it, and callers of
 * the hub's doors send it.
 *
 * A comment is an answer only if an officer wrote it, and a follow-up only if the complainant did. A mapping counts all
 * others in `others` beside the post (adapters/kit/mapping/normalise.ts).
 *
 * A post is a state, not a message. Sending the same post twice changes nothing. The hub ignores a part that the sender
 * does not own.
 */
export const Post = Type.Object(
  {
    /** The hub's receipt number, where the board keeps it. By it the hub tells its own writing from a new complaint. */
    receiptNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    content: Type.Optional(ComplaintContent),
    status: Type.Optional(Status),
    answers: Type.Optional(Type.Array(Answer, { maxItems: 200 })),
    followUps: Type.Optional(Type.Array(FollowUp, { maxItems: 200 })),
    /** The agency that has the complaint asks to move it to the responsible agency (이송). */
    transfer: Type.Optional(
      Type.Object(
        { to: AgencyCode, reason: Type.String({ minLength: 1, maxLength: 2000 }) },
        { additionalProperties: false },
      ),
    ),
    /** When the agency took the complaint in (접수), where its board tells. The statutory clock starts then. */
    takenInAt: Type.Optional(Instant),
    /** The steps of the procedure that the board shows, oldest first. A step that the hub knows already is no news. */
    steps: Type.Optional(Type.Array(Step, { maxItems: 200 })),
    /** The complainant withdraws the complaint (취하). */
    withdrawal: Type.Optional(
      Type.Object(
        { reason: Type.Optional(Type.String({ maxLength: 2000 })) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type Post = Static<typeof Post>;
