import { type Static, Type } from 'typebox';
import {
  compile,
  type EventType,
  eventTypes,
  OneOf,
  type Problem,
  SecretReference,
  toReason,
} from '../../schemas/index.ts';
import { toEmail } from '../kit/text/contact.ts';
import { readMailbox } from './mailbox.ts';

const closed = { additionalProperties: false } as const;

const Host = Type.String({ minLength: 1, maxLength: 253, pattern: '^[^\\s/@]+$' });
const Port = Type.Integer({ minimum: 1, maximum: 65_535 });
/**
 * - `implicit`: TLS from the first byte (RFC 8314, 3). It holds where nothing is said.
 * - `starttls`: asked for and insisted upon.
 * - `none`: for a server on the same machine or behind a tunnel.
 */
const Tls = OneOf(['implicit', 'starttls', 'none'] as const, { default: 'implicit' });
const server = {
  host: Host,
  port: Type.Optional(Port),
  tls: Type.Optional(Tls),
  /** PEM file of the authority that signed the server's certificate; absent: those that Node trusts. */
  ca: Type.Optional(Type.String({ minLength: 1 })),
};

const Smtp = Type.Object(
  {
    ...server,
    /** Absent: the server takes mail from this machine without a log-in. */
    user: Type.Optional(Type.String({ minLength: 1 })),
    password: Type.Optional(SecretReference),
  },
  closed,
);
export type SmtpSettings = Static<typeof Smtp>;

const Imap = Type.Object(
  {
    ...server,
    user: Type.String({ minLength: 1 }),
    password: SecretReference,
    /** Where replies arrive. It belongs to this agency alone. */
    folder: Type.Optional(Type.String({ minLength: 1, default: 'INBOX' })),
  },
  closed,
);
export type ImapSettings = Static<typeof Imap>;

/** Who gets the complaints and may answer; name, department and contact stand under the answers (Decree, article 31). */
const MailOfficer = Type.Object(
  {
    address: Type.String({ format: 'email' }),
    name: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    department: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    contact: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  },
  closed,
);
export type MailOfficer = Static<typeof MailOfficer>;

export const MailSettings = Type.Object(
  {
    /** As in a header: `민원 허브 <minwon@hub.example>`. */
    from: Type.String({ minLength: 3, maxLength: 320 }),
    /**
     * Where replies go; `{token}` becomes receipt number and signature: `minwon+{token}@hub.example`. All such
     * addresses must reach the mailbox below.
     */
    replyAddress: Type.String({ pattern: '^[^\\s@{}]*\\{token\\}[^\\s@{}]*@[^\\s@{}]+$', maxLength: 254 }),
    /** The first signs; the others are still believed. */
    replySecrets: Type.Array(SecretReference, { minItems: 1, maxItems: 5 }),
    officers: Type.Array(MailOfficer, { minItems: 1, maxItems: 20 }),
    /** Who else may answer: an address, or a whole domain as `@sbiz.example`. */
    alsoFrom: Type.Optional(Type.Array(Type.String({ pattern: '^[^\\s@]*@[^\\s@]+$' }), { maxItems: 50 })),
    smtp: Smtp,
    imap: Imap,
    /**
     * The name under which the mailbox's own server reports what it found out about senders (RFC 8601, 2.2). A reply
     * needs a pass of DMARC, or of DKIM or SPF where its domain has no DMARC. Without one it waits for a person.
     * `none`: the server reports nothing, and every reply waits.
     */
    trustedAuthservId: Type.Optional(Type.String({ pattern: '^[^\\s;]+$', maxLength: 253 })),
    /** The kinds of event of which officers get a mail. */
    carries: Type.Optional(Type.Array(OneOf(eventTypes), { minItems: 1, uniqueItems: true })),
    /** True: the complainant's phone number and e-mail address stand in the mail. The hub carries the answer without. */
    showContact: Type.Optional(Type.Boolean({ default: false })),
    /** Bytes of the largest file that goes by mail; a larger one is left to a person. */
    maxFileBytes: Type.Optional(Type.Integer({ minimum: 1, default: 15 * 1024 * 1024 })),
    /** Mails read at once. */
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  },
  closed,
);
export type MailSettings = Static<typeof MailSettings>;

/** What concerns an officer; progress that the hub or others noted would only fill the mailbox. */
export const defaultCarries: readonly EventType[] = [
  'registered',
  'revised',
  'transferred',
  'interim_answered',
  'answered',
  'followed_up',
  'withdrawn',
];

/** Stands in the settings for receipt number and signature. */
const tokenWord = '{token}';
/** RFC 5321, 4.5.3.1.1: octets of a local part. Receipt number, dot and signature take 31. */
const longestLocalPart = 64 - 31 + tokenWord.length;

const checkShape = compile(MailSettings);

/** Everything that is wrong with the settings, in one list. */
export function checkMailSettings(given: unknown): Problem[] {
  const shape = checkShape(given);
  if (!shape.ok) return shape.problems;
  const { from, replyAddress, officers, smtp, carries = defaultCarries, trustedAuthservId } = shape.value;
  const problems: Problem[] = [];
  if (trustedAuthservId === undefined)
    problems.push({
      pointer: '/trustedAuthservId',
      reason: toReason('mail_authserv_id'),
    });
  const own = toEmail(readMailbox(from)?.address ?? '');
  if (!own) problems.push({ pointer: '/from', reason: toReason('mail_from') });
  if (replyAddress.indexOf('@') > longestLocalPart)
    problems.push({
      pointer: '/replyAddress',
      reason: toReason('mail_reply_too_long', { n: longestLocalPart - tokenWord.length, token: tokenWord }),
    });
  if (!toEmail(replyAddress.replace(tokenWord, 'x')))
    problems.push({ pointer: '/replyAddress', reason: toReason('mail_reply_address', { token: tokenWord }) });
  for (const [index, { address }] of officers.entries())
    if (address.toLowerCase() === own)
      problems.push({
        pointer: `/officers/${index}/address`,
        reason: toReason('mail_officer_is_sender'),
      });
  if ((smtp.user === undefined) !== (smtp.password === undefined))
    problems.push({ pointer: '/smtp', reason: toReason('user_with_password') });
  if (!carries.includes('registered'))
    problems.push({ pointer: '/carries', reason: toReason('mail_without_first') });
  return problems;
}
