import { createHash } from 'node:crypto';
import { compile, digestText, Post, type Problem, type Reason, toReason } from '../../schemas/index.ts';
import type { Decision, Normalised, PulledPost } from '../contract.ts';
import { clean } from '../kit/mapping/normalise.ts';
import { readFirstLine } from './mime/first-line.ts';
import { isReadable, toQuotedText, toReplyText, toWholeText } from './mime/html-text.ts';
import { allOf, checkRawMail, firstOf, type RawMail } from './mime/raw-mail.ts';
import { type Stripped, stripQuote, tidy } from './mime/strip-quote.ts';
import { recogniseAutomatic } from './recognise.ts';
import type { Signer } from './reply-address.ts';
import { findSender, isOfficer, type Rules, type Sender } from './sender.ts';

const checkPost = compile(Post);
const problem = (pointer: string, reason: Reason): Normalised => ({
  ok: false,
  problems: [{ pointer, reason }],
});

/**
 * The canonical post of one mail: an answer, a transfer or a status. A program's mail says nothing new. For any other
 * mail it returns why a person has to look. Pure, apart from the secrets of the signatures.
 */
export function normaliseMail(rules: Rules, raw: unknown): Normalised {
  const shape = checkRawMail(raw);
  if (!shape.ok) return shape;
  const mail = shape.value;
  const thread = findThread(rules.signer, mail);
  const automatic = recogniseAutomatic(mail, (address) => isOfficer(rules, address));
  if (automatic?.kind === 'bounce') return problem('', automatic.reason);
  if ('reason' in thread) return problem('/headers/to', thread.reason);
  const { receiptNumber } = thread;
  // The mail is understood and stored, but it is no answer.
  if (automatic?.kind === 'noted')
    return { ok: true, post: { receiptNumber }, aside: { note: automatic.reason } };
  const sender = findSender(rules, mail);
  if ('code' in sender) return problem('/headers/from', sender);
  const doubt = sender.doubt ?? automatic?.reason;
  if (doubt && !mail.decided?.includes('vouched'))
    return problem('/headers/from', toReason('mail_who', { detail: doubt }));
  const words = readWords(mail);
  if (!words) return problem('/texts', toReason('mail_text_too_long'));
  const { text, cut } = words;
  const normalised = toNews(mail, receiptNumber, sender, text);
  return normalised.ok && cut !== '' ? { ...normalised, aside: { cut } } : normalised;
}

/** What the officer's words mean: an answer, or the request in the first line. */
function toNews(mail: RawMail, receiptNumber: string, sender: Sender, text: string): Normalised {
  const said = readFirstLine(text);
  if (said.kind === 'problem') return { ok: false, problems: [said.problem] };
  if (said.kind === 'post') return check({ receiptNumber, ...said.post });
  if (said.text.trim() === '') return problem('/text', toReason('mail_no_answer'));
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
    officer: sender.shown,
    ...(files.length > 0 && { attachments: files }),
  };
  return check({ receiptNumber, answers: [answer] });
}

/** Applies a person's decision to a mail. Undefined: the decision changes nothing. */
export function amendMail(rules: Rules, raw: unknown, decision: Decision): RawMail | undefined {
  const shape = checkRawMail(raw);
  if (!shape.ok) return undefined;
  const mail = { ...shape.value, decided: [...(shape.value.decided ?? []), decision] };
  const [before, after] = [shape.value, mail].map((one) => normaliseMail(rules, one));
  return JSON.stringify(before) === JSON.stringify(after) ? undefined : mail;
}

/** What a mail means to the hub: news of its complaint, or a separate item if it belongs to none. */
export function toPulledPost({ signer }: Rules, mail: RawMail): PulledPost {
  const thread = findThread(signer, mail);
  // The Message-ID alone decides. The same mail is the same news, however often and wherever it is found.
  const mark = markOf(mail);
  return { externalId: 'reason' in thread ? `mail:${mark}` : thread.receiptNumber, version: mark, raw: mail };
}

/** A mail that this adapter sent, found in the copy that it keeps. It is never news. */
export const isOwnMail = ({ signer }: Rules, mail: RawMail): boolean =>
  signer.isOwnMark(firstOf(mail, 'x-minwon-hub'));

/** Headers with the receivers' addresses. The envelope's addresses are included, because a mailing list hides them. */
const receiverHeaders = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'to', 'cc'];

/** The complaint to which a mail belongs, or why that is unknown. */
function findThread(signer: Signer, mail: RawMail): { receiptNumber: string } | { reason: Reason } {
  const addresses = receiverHeaders
    .flatMap((name) => allOf(mail, name))
    .flatMap((line) => line.split(/[\s<>,;"()]/))
    .filter((word) => word.includes('@') && word.length <= 320);
  const read = addresses.map((address) => signer.readReplyAddress(address));
  const numbers = new Set(read.flatMap((one) => (typeof one === 'object' ? one.receiptNumber : [])));
  const [receiptNumber, ...others] = numbers;
  if (others.length > 0) return { reason: toReason('mail_many_complaints', { n: numbers.size }) };
  if (receiptNumber) return { receiptNumber };
  return { reason: toReason(read.includes('forged') ? 'mail_forged' : 'mail_no_address') };
}

/** Characters of a text. An answer has at most 100,000 (schemas/complaint.ts), so the rest would be quotes. */
const longestText = 300_000;

/**
 * The officer's words in all texts of a mail, in order, and what was taken for a quote. Undefined: the text is too
 * long.
 */
function readWords({ texts, decided = [] }: RawMail): { text: string; cut: string } | undefined {
  const isWhole = decided.includes('whole');
  const words: string[] = [];
  const cuts: string[] = [];
  let hasQuote = false;
  let letters = 0;
  for (const { plain = '', html, isCut } of texts) {
    letters += plain.length;
    if (isCut || letters > longestText) return undefined;
    let read: Stripped = isWhole ? { text: tidy(plain), cut: '', hasQuote } : stripQuote(plain, hasQuote);
    if (read.text === '' && html !== undefined) {
      letters += html.length;
      if (!isReadable(html) || letters > 2 * longestText) return undefined;
      read = readHtml(html, isWhole, hasQuote);
    }
    hasQuote ||= read.hasQuote;
    // Some programs send one text twice without marking the two as alternatives.
    if (read.text !== '' && !words.some((one) => digestText(one) === digestText(read.text)))
      words.push(read.text);
    if (read.cut !== '') cuts.push(read.cut);
  }
  return { text: words.join('\n\n'), cut: cuts.join('\n\n') };
}

function readHtml(html: string, isWhole: boolean, hasQuote: boolean): Stripped {
  if (isWhole) return { text: tidy(toWholeText(html)), cut: '', hasQuote };
  const read = stripQuote(toReplyText(html), hasQuote);
  return { ...read, cut: [read.cut, tidy(toQuotedText(html))].filter(Boolean).join('\n\n') };
}

/**
 * 128 bits of the Message-ID's digest. If the mail has none, or one like `<>` that identifies nothing, the digest
 * covers the whole mail.
 */
function markOf(mail: RawMail): string {
  const id = firstOf(mail, 'message-id').trim();
  const { headers, texts } = mail;
  return createHash('sha256')
    .update(id.length > 8 ? id : JSON.stringify([headers, texts]))
    .digest('hex')
    .slice(0, 32);
}

/** A mail that is longer on its way is returned to its sender (RFC 5321, 4.5.4.1: four or five days). */
const longestWay = 5 * 24 * 3_600_000;

/**
 * The writer's date, if it can be right: not later than the server's, and not earlier than the longest delivery time.
 * An answer never lies in the future.
 */
function dateOf(mail: RawMail): string {
  const written = Date.parse(firstOf(mail, 'date').slice(0, 100));
  const received = Date.parse(mail.receivedAt);
  const isLikely = written < received && written > received - longestWay;
  return new Date(isLikely ? written : received).toISOString();
}

/** The place of a file, for `fetchAttachment`. */
const toFileId = ({ validity, uid }: RawMail, part: string): string => `${validity}.${uid}/${part}`;

function check(given: unknown): Normalised {
  const problems: Problem[] = [];
  const post = clean(given, '', problems);
  if (problems.length > 0) return { ok: false, problems };
  const checked = checkPost(post);
  return checked.ok ? { ok: true, post: checked.value } : checked;
}
