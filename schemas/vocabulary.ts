import { type Static, type TSchema, Type } from 'typebox';

/** One of a fixed list of words. */
function OneOf<const W extends readonly string[]>(words: W, options: object = {}) {
  return Type.Unsafe<W[number]>({ type: 'string', enum: [...words], ...options } as TSchema);
}

export const statuses = [
  'received',
  'assigned',
  'in_progress',
  'supplement_requested',
  'answered',
  'closed',
  'transferred',
  'withdrawn',
  'rejected',
  'merged',
] as const;

/** Canonical status. Each agency maps its own codes onto it, in both directions, without a silent default. */
export const Status = OneOf(statuses, { title: '처리상태' });
export type Status = Static<typeof Status>;

/**
 * Type of complaint; it decides the statutory period
 * (Enforcement Decree of the Civil Complaints Treatment Act, articles 14 to 17).
 */
export const complaintKinds = [
  'law_query',
  'query',
  'suggestion',
  'other',
  'grievance',
  'statutory',
] as const;
export const ComplaintKind = OneOf(complaintKinds, { title: '민원 종류' });
export type ComplaintKind = Static<typeof ComplaintKind>;

/** Channels for notices to a person. */
export const channels = ['email', 'sms'] as const;
export const Channel = OneOf(channels, { title: '통지 방법' });
export type Channel = Static<typeof Channel>;

export const languages = ['ko', 'en'] as const;
export const Language = OneOf(languages);
export type Language = Static<typeof Language>;

/** The role of an agency in one complaint (접수기관, 처리기관, 공유기관). */
export const linkRoles = ['origin', 'assignee', 'copy'] as const;
/**
 * The same with `part` (협조기관): it was asked for a contribution, and reads the complaint at the hub. No board, feed or
 * endpoint is told in this role.
 */
const partRoles = [...linkRoles, 'part'] as const;
export type PartRole = (typeof partRoles)[number];
export const LinkRole = OneOf(linkRoles);
export type LinkRole = Static<typeof LinkRole>;

/** Code of an agency, and the name of its file in config/agencies. `hub` is the contact centre itself. */
export const AgencyCode = Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$', title: '기관 코드' });

/** RFC 3339 date and time with offset. A checked value has the one form of instant.ts. */
export const Instant = Type.String({ format: 'date-time' });

/** An instant with words for the description of the doors. */
export const instantOf = (description: string) => Type.String({ format: 'date-time', description });

export { OneOf };
