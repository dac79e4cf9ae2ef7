import { createHash } from 'node:crypto';
import { compile, Post, type Problem } from '../../schemas/index.ts';
import type { Normalised, PulledPost } from '../contract.ts';
import { toEmail } from '../kit/contact.ts';
import { clean } from '../kit/normalise.ts';
import { findForgery } from './authentication.ts';
import { findAddress, type MailOfficer, type MailSettings } from './config.ts';
import { readFirstLine } from './first-line.ts';
import { toReplyText } from './html-text.ts';
import { checkRawMail, firstOf, type RawMail } from './raw-mail.ts';
import { recogniseAutomatic } from './recognise.ts';
import type { Signer } from './reply-address.ts';
import { stripQuote } from './strip-quote.ts';

/** What judging a mail depends on. */
export interface Rules {
  settings: Pick<MailSettings, 'officers' | 'alsoFrom' | 'trustedAuthservId'>;
  signer: Signer;
}

const checkPost = compile(Post);
const problem = (pointer: string, message: string): Normalised => ({
  ok: false,
  problems: [{ pointer, message }],
});

/**
 * The canonical post of one mail: an answer, a transfer or a status; from a program, nothing new; else why a person has
 * to look. Pure, but for the secrets of the signatures.
 */
export function normaliseMail(rules: Rules, raw: unknown): Normalised {
  const shape = checkRawMail(raw);
  if (!shape.ok) return shape;
  const mail = shape.value;
  const thread = findThread(rules.signer, mail);
  const automatic = recogniseAutomatic(mail);
  if (automatic?.kind === 'bounce') return problem('', automatic.reason);
  if (!thread.receiptNumber) return problem('/headers/to', thread.reason);
  const { receiptNumber } = thread;
  // Known, kept, and no answer.
  if (automatic) return { ok: true, post: { receiptNumber } };
  const sender = findSender(rules, mail);
  if (typeof sender === 'string') return problem('/headers/from', sender);
  const text = textOf(mail);
  const said = readFirstLine(text);
  if (said.kind === 'problem') return { ok: false, problems: [said.problem] };
  if (said.kind === 'post') return check({ receiptNumber, ...said.post });
  if (said.text.trim() === '')
    return problem('/text', 'no word of an answer is left when the quoted mail is taken out');
  const files = mail.files.map(({ part, name, mediaType }) => ({
    id: toFileId(mail, part),
    name,
    mediaType,
  }));
  const answer = {
    id: markOf(mail),
    ...(said.interim && { interim: true }),
    text: said.text,
    answeredAt: dateOf(mail),
    officer: sender,
    ...(files.length > 0 && { attachments: files }),
  };
  return check({ receiptNumber, answers: [answer] });
}

/** What a mail is to the hub: news of the complaint that it belongs to, else a thing of its own. */
export function toPulledPost({ signer }: Rules, mail: RawMail): PulledPost {
  const { receiptNumber } = findThread(signer, mail);
  // The Message-ID alone: the same mail is the same news, however often and wherever it is found.
  const mark = markOf(mail);
  return { externalId: receiptNumber ?? `mail:${mark}`, version: mark, raw: mail };
}

/** A mail that this adapter sent, in the copy that it keeps: never news. */
export const isOwnMail = ({ signer }: Rules, mail: RawMail): boolean =>
  signer.isOwnMark(firstOf(mail, 'x-minwon-hub'));

/** Where the addresses of the receivers stand; those of the envelope count as much, for a list hides them. */
const receiverHeaders = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'to', 'cc'];

function findThread(signer: Signer, mail: RawMail): { receiptNumber?: string; reason: string } {
  const addresses = receiverHeaders
    .flatMap((name) => mail.headers[name] ?? [])
    .flatMap((line) => line.match(/[^\s<>,;"()]+@[^\s<>,;"()]+/g) ?? []);
  const read = addresses.map((address) => signer.readReplyAddress(address));
  const numbers = new Set(read.flatMap((one) => (typeof one === 'object' ? one.receiptNumber : [])));
  const [receiptNumber, ...others] = numbers;
  if (others.length > 0)
    return { reason: `belongs to ${numbers.size} complaints at once; an answer belongs to one` };
  if (receiptNumber) return { receiptNumber, reason: '' };
  if (read.includes('forged'))
    return {
      reason: 'the reply address is signed wrongly: changed on the way, of another agency, or guessed',
    };
  return { reason: 'holds no reply address of this agency: it is unknown to which complaint it belongs' };
}

/** Who answered, as the answer shows it; a text: why this is nobody who may. */
function findSender({ settings, signer }: Rules, mail: RawMail): MailOfficerShown | string {
  const { officers, alsoFrom = [], trustedAuthservId } = settings;
  const header = firstOf(mail, 'from');
  const from = findAddress(header);
  if (!from) return 'must name one sender';
  if (signer.readReplyAddress(from)) return 'comes from a reply address: a mail of ours that came back';
  const officer = officers.find(({ address }) => address.toLowerCase() === from);
  const domain = from.slice(from.lastIndexOf('@'));
  const isKnown =
    officer || alsoFrom.some((one) => one.toLowerCase() === from || one.toLowerCase() === domain);
  if (!isKnown) return `${from} is none of the agency's officers (settings: officers, alsoFrom)`;
  const forged =
    trustedAuthservId && findForgery(mail.headers['authentication-results'] ?? [], trustedAuthservId, from);
  return forged || toShown(officer ?? { address: from }, header);
}

type MailOfficerShown = { department?: string; name?: string; contact: string };

/** Every answer shows department, name and contact of who gave it (Enforcement Decree, article 31). */
function toShown({ address, name, department, contact }: MailOfficer, header: string): MailOfficerShown {
  const written = header
    .replace(/<[^>]*>/, '')
    .replace(/"/g, '')
    .trim();
  const shown = name ?? (toEmail(written) ? '' : written);
  return {
    ...(department && { department }),
    ...(shown && { name: shown.slice(0, 100) }),
    contact: (contact ?? address).slice(0, 100),
  };
}

/** The text as it was written, where there is one; else that of the HTML. */
function textOf({ text, html }: RawMail): string {
  const plain = text === undefined ? '' : stripQuote(text);
  return plain || html === undefined ? plain : stripQuote(toReplyText(html));
}

/** 128 bits of the Message-ID; of all that is there for a mail without. */
function markOf(mail: RawMail): string {
  const id = firstOf(mail, 'message-id').trim();
  const { headers, text, html } = mail;
  return createHash('sha256')
    .update(id || JSON.stringify([headers, text, html]))
    .digest('hex')
    .slice(0, 32);
}

/** The writer's clock where it is not ahead of the server's; answers lie in the past. */
function dateOf(mail: RawMail): string {
  const written = Date.parse(firstOf(mail, 'date'));
  const received = Date.parse(mail.receivedAt);
  return new Date(written > 0 && written < received ? written : received).toISOString();
}

/** Where a file is, for `fetchAttachment`. */
const toFileId = ({ validity, uid }: RawMail, part: string): string => `${validity}.${uid}/${part}`;

function check(given: unknown): Normalised {
  const problems: Problem[] = [];
  const post = clean(given, '', problems);
  if (problems.length > 0) return { ok: false, problems };
  const checked = checkPost(post);
  return checked.ok ? { ok: true, post: checked.value } : checked;
}
