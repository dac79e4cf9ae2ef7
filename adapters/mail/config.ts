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
import { CertificateAuthority } from '../kit/http/certificate-authority.ts';
import { toEmail } from '../kit/text/contact.ts';
import { readMailbox } from './mailbox.ts';

const closed = { additionalProperties: false } as const;

const Host = Type.String({ minLength: 1, maxLength: 253, pattern: '^[^\\s/@]+$' });
const Port = Type.Integer({ minimum: 1, maximum: 65_535 });
/**
 * - `implicit`: TLS from the first byte (RFC 8314, 3). This is the default.
 * - `starttls`: STARTTLS is requested and required.
 * - `none`: for a server on the same machine or behind a tunnel.
 */
const Tls = OneOf(['implicit', 'starttls', 'none'] as const, { default: 'implicit' });
const server = {
  host: Host,
  port: Type.Optional(Port),
  tls: Type.Optional(Tls),
  ca: CertificateAuthority,
};

const Smtp = Type.Object(
  {
    ...server,
    /** Absent: the server accepts mail from this machine without a login. */
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
    /** The folder where replies arrive. No other agency may use it. */
    folder: Type.Optional(Type.String({ minLength: 1, default: 'INBOX' })),
  },
  closed,
);
export type ImapSettings = Static<typeof Imap>;

/**
 * The officers who get complaints and may answer. Their name, department and contact appear under the answers
 * (Enforcement Decree, article 31).
 */
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
    /** As in a mail header: `민원 허브 <minwon@hub.example>`. */
    from: Type.String({ minLength: 3, maxLength: 320 }),
    /**
     * The address for replies. `{token}` is replaced by receipt number and signature: `minwon+{token}@hub.example`. All
     * such addresses must reach the mailbox below.
     */
    replyAddress: Type.String({ pattern: '^[^\\s@{}]*\\{token\\}[^\\s@{}]*@[^\\s@{}]+$', maxLength: 254 }),
    /** The first secret signs. All of them are accepted. */
    replySecrets: Type.Array(SecretReference, { minItems: 1, maxItems: 5 }),
    officers: Type.Array(MailOfficer, { minItems: 1, maxItems: 20 }),
    /** Further senders that may answer: an address, or a whole domain as `@sbiz.example`. */
    alsoFrom: Type.Optional(Type.Array(Type.String({ pattern: '^[^\\s@]*@[^\\s@]+$' }), { maxItems: 50 })),
    smtp: Smtp,
    imap: Imap,
    /**
     * The name under which the mailbox's own server reports its checks of senders (RFC 8601, 2.2). A reply needs a pass
     * of DMARC. If its domain has no DMARC, it needs a pass of DKIM or SPF. Without one it waits for a person. `none`:
     * the server reports nothing, and every reply waits.
     */
    trustedAuthservId: Type.Optional(Type.String({ pattern: '^[^\\s;]+$', maxLength: 253 })),
    /** The types of event about which officers get a mail. */
    carries: Type.Optional(Type.Array(OneOf(eventTypes), { minItems: 1, uniqueItems: true })),
    /**
     * True: the mail shows the complainant's phone number and e-mail address. The hub delivers the answer even without
     * them.
     */
    showContact: Type.Optional(Type.Boolean({ default: false })),
    /** The largest file, in bytes, that is sent by mail. A person handles a larger one. */
    maxFileBytes: Type.Optional(Type.Integer({ minimum: 1, default: 15 * 1024 * 1024 })),
    /** Mails that are read at once. */
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })),
  },
  closed,
);
export type MailSettings = Static<typeof MailSettings>;

/** Events that concern an officer. Mails about other progress would only fill the mailbox. */
export const defaultCarries: readonly EventType[] = [
  'registered',
  'revised',
  'transferred',
  'interim_answered',
  'answered',
  'followed_up',
  'withdrawn',
];

/** The placeholder in the settings for receipt number and signature. */
const tokenWord = '{token}';
/** RFC 5321, 4.5.3.1.1, limits the octets of a local part. Receipt number, dot and signature take 31. */
const longestLocalPart = 64 - 31 + tokenWord.length;

const checkShape = compile(MailSettings);

/** Lists everything that is wrong with the settings. */
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
