import { type Reason, toReason } from '../../schemas/reason.ts';
import { toEmail } from '../kit/text/contact.ts';
import type { MailOfficer, MailSettings } from './config.ts';
import { type Mailbox, readMailbox } from './mailbox.ts';
import { findForgery } from './mime/authentication.ts';
import { decodeWords } from './mime/header-text.ts';
import { allOf, type RawMail } from './mime/raw-mail.ts';
import type { Signer } from './reply-address.ts';

/** What the judgement of a mail depends on. */
export interface Rules {
  settings: Pick<MailSettings, 'officers' | 'alsoFrom' | 'trustedAuthservId'>;
  signer: Signer;
}

/** The person who answered, as the answer shows it. */
type Shown = { department?: string; name?: string; contact: string };

export interface Sender {
  shown: Shown;
  /** Why it is uncertain that an officer wrote it. */
  doubt?: Reason;
}

/** Finds out who wrote a mail. A reason: nobody could answer for this mail. */
export function findSender({ settings, signer }: Rules, mail: RawMail): Sender | Reason {
  const fields = allOf(mail, 'from');
  const from = fields.length === 1 ? readMailbox(fields[0] ?? '') : undefined;
  if (from && signer.readReplyAddress(from.address)) return toReason('mail_own');
  const officer = from && findOfficer(settings, from.address);
  const doubt = findDoubt(settings, mail, from);
  return { shown: toShown(settings, from, officer), ...(doubt && { doubt }) };
}

/** True if this address may answer. */
export const isOfficer = ({ settings }: Rules, address: string): boolean =>
  findOfficer(settings, address) !== undefined;

function findOfficer(
  { officers, alsoFrom = [] }: Rules['settings'],
  address: string,
): MailOfficer | undefined {
  const domain = address.slice(address.lastIndexOf('@'));
  const isKnown = alsoFrom.some((one) => [address, domain].includes(one.toLowerCase()));
  return (
    officers.find((officer) => officer.address.toLowerCase() === address) ??
    (isKnown ? { address } : undefined)
  );
}

/** The configuration says that its mail server reports nothing about senders. */
const noAuthservId = 'none';

function findDoubt(
  settings: Rules['settings'],
  mail: RawMail,
  from: Mailbox | undefined,
): Reason | undefined {
  const { trustedAuthservId = noAuthservId } = settings;
  // RFC 5322, 3.6, demands one From field. We demand one mailbox in it.
  if (!from) return toReason('mail_no_sender');
  if (!findOfficer(settings, from.address)) return toReason('mail_stranger', { sender: from.address });
  if (trustedAuthservId.toLowerCase() === noAuthservId) return toReason('mail_unreporting');
  return findForgery(allOf(mail, 'authentication-results'), trustedAuthservId, from.address);
}

/**
 * Every answer shows department, name and contact of its author (Enforcement Decree, article 31). If a person accepts a
 * mail without an identified author, it shows the first officer's department and contact, without a name.
 */
function toShown(
  { officers }: Rules['settings'],
  from: Mailbox | undefined,
  officer: MailOfficer | undefined,
): Shown {
  const { address, name, department, contact } =
    officer ?? (from ? { address: from.address } : withoutName(officers[0]));
  const written = decodeWords(from?.name ?? '').trim();
  const shown = name ?? (toEmail(written) ? '' : written);
  return {
    ...(department && { department }),
    ...(shown && { name: shown.slice(0, 100) }),
    contact: (contact ?? address).slice(0, 100),
  };
}

function withoutName({ address, department, contact }: MailOfficer = { address: '' }): MailOfficer {
  return { address, ...(department && { department }), ...(contact && { contact }) };
}
