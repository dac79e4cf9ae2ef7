import { Type } from 'typebox';
import { AttachmentReference } from '../complaint.ts';
import { AgencyCode, type instantOf } from '../vocabulary.ts';

const Words = Type.String({ minLength: 1, maxLength: 20_000 });
const Reason = Type.String({ minLength: 1, maxLength: 2000 });
const OfRequest = Type.Integer({
  minimum: 1,
  maximum: 10_000,
  description: 'The number of what was asked of an agency, counted from 1 within the complaint',
});

/**
 * Steps between agencies alone (Civil Complaints Treatment Act, articles 20 and 31): the assignee, who leads, asks others
 * for a contribution, and joins what they say into the one answer. No complainant is told of them, and no board but that of
 * the agency that is asked, where the part is a post of its own.
 *
 * `Until`: the schema of an instant by when something is awaited.
 */
export const contributionFields = <Until extends ReturnType<typeof instantOf>>(Until: Until) =>
  ({
    /** Another agency answers a part of the matter (분담 요청): what is asked of it, and until when. */
    part_asked: { to: AgencyCode, text: Words, until: Until },
    /** Another agency is asked for its opinion (협조 요청). */
    cooperation_asked: { to: AgencyCode, text: Words, until: Until },
    /** The agency that was asked replies (회신). Said again, it replaces what it said before. */
    contribution_answered: {
      contribution: OfRequest,
      text: Words,
      attachments: Type.Optional(Type.Array(AttachmentReference, { maxItems: 50 })),
    },
    /** The agency that was asked does not take it (회신 거절). */
    contribution_refused: { contribution: OfRequest, reason: Reason },
    /** The agency that was asked needs more time, once (회신기간 연장). */
    contribution_extended: { contribution: OfRequest, until: Until, reason: Reason },
    /** It is asked of another agency instead (요청 기관 변경). `until`: absent, the date stays. */
    contribution_moved: {
      contribution: OfRequest,
      to: AgencyCode,
      until: Type.Optional(Until),
      reason: Reason,
    },
    /** It is needed no more (요청 회수). */
    contribution_taken_back: { contribution: OfRequest, reason: Reason },
    /** The reply may be read by the others that were asked (회신 공유). */
    contribution_shared: { contribution: OfRequest },
  }) as const;
