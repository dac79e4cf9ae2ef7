import type { FetchMessageObject, ImapFlow } from 'imapflow';
import { detectExtension } from 'nodemailer/lib/mime-funcs/mime-types';
import { toReason } from '../../../schemas/reason.ts';
import { BoardError } from '../../contract.ts';
import { type Headers, readHeaders, readParameters, toText } from './header-text.ts';
import type { RawMail, RawText } from './raw-mail.ts';
import { type Leaf, type SortedParts, sortParts } from './sort-parts.ts';
import { decodeTransfer, isUuencoded, readEncoding } from './transfer-encoding.ts';
import { splitUuencoded } from './uuencode.ts';

/** The headers that are needed to judge a mail. The others stay on the server. */
const keptHeaders = [
  'from',
  'sender',
  'to',
  'cc',
  'date',
  'subject',
  'message-id',
  'in-reply-to',
  'content-type',
  'return-path',
  // Headers with the envelope's receiver, as Postfix, Dovecot, Exim and others write them.
  'delivered-to',
  'x-original-to',
  'envelope-to',
  'x-envelope-to',
  'auto-submitted',
  'precedence',
  'x-auto-response-suppress',
  'x-autoreply',
  'x-autorespond',
  'list-id',
  'authentication-results',
  'x-failed-recipients',
  'x-minwon-hub',
];

/** No genuine header is longer or more frequent. The limit keeps later searches quick. */
const toShort = (values: string[]) => values.slice(0, 50).map((value) => value.slice(0, 20_000));

/** Bytes of all texts of one form. More is no answer (schemas/complaint.ts: 100,000 letters). */
const longestText = 1024 * 1024;
/** Texts and files of a mail that are examined. A mail with more than 50 files is parked (schemas/complaint.ts). */
const mostParts = 60;

/** Reads one page of mails without marking them as seen. Files are listed but not read. */
export async function readMails(client: ImapFlow, validity: string, uids: number[]): Promise<RawMail[]> {
  if (uids.length === 0) return [];
  const heads: FetchMessageObject[] = [];
  const query = { uid: true, internalDate: true, headers: true, bodyStructure: true };
  for await (const head of client.fetch(uids.join(','), query, { uid: true })) heads.push(head);
  const mails: RawMail[] = [];
  for (const head of heads.sort((a, b) => a.uid - b.uid)) mails.push(await readMail(client, validity, head));
  return mails;
}

async function readMail(client: ImapFlow, validity: string, head: FetchMessageObject): Promise<RawMail> {
  const all = readHeaders(head.headers ?? Buffer.alloc(0));
  const headers: Headers = Object.fromEntries(
    keptHeaders.flatMap((name) => (all[name] ? [[name, toShort(all[name])]] : [])),
  );
  const { texts, reports, isReceipt, files } = withinBounds(sortParts(head.bodyStructure));
  const leaves = [...texts.flatMap(({ plain, html }) => [...plain, ...html]), ...reports];
  const keys = [
    ...leaves.map(({ part }) => ({ key: part, maxLength: longestText })),
    // If a mail has only one part, its MIME header is the mail's own (RFC 9051, 6.4.5.1: MIME is for parts).
    ...(head.bodyStructure?.childNodes ? [...leaves, ...files].map(({ part }) => `${part}.mime`) : []),
  ];
  const bodies =
    keys.length > 0 && (await client.fetchOne(String(head.uid), { bodyParts: keys }, { uid: true }));
  const bodyOf = (part: string) =>
    (bodies ? bodies.bodyParts?.get(part.toLowerCase()) : undefined) ?? Buffer.alloc(0);
  const headersOf = (part: string) => {
    const own = readHeaders(bodyOf(`${part}.mime`));
    return head.bodyStructure?.childNodes ? own : all;
  };
  const inside: RawMail['files'] = [];
  const toPlain = ({ part }: Leaf) => {
    const { text, names } = decodeText(bodyOf(part), headersOf(part));
    for (const [index, name] of names.entries())
      inside.push({ part: `${part}~${index}`, name, mediaType: 'application/octet-stream' });
    return text;
  };
  const read = texts.map((text) => toRawText(text, toPlain));
  return {
    validity,
    uid: head.uid,
    receivedAt: new Date(head.internalDate ?? 0).toISOString(),
    headers,
    texts: read,
    ...(reports.length > 0 && { report: reports.map(toPlain).join('\n\n') }),
    ...(isReceipt && { isReceipt }),
    files: [
      ...files.map(({ part, type }) => ({ part, name: nameOf(headersOf(part)), mediaType: type })),
      ...inside,
    ].map((file, index) => ({ ...file, name: file.name || nameless(file.mediaType, index) })),
  };
}

/** Keeps only the first parts, so that no mail takes more memory than is available. */
function withinBounds({ texts, reports, isReceipt, files }: SortedParts): SortedParts {
  return {
    texts: texts.slice(0, mostParts).map(({ plain, html }) => ({
      plain: plain.slice(0, mostParts),
      html: html.slice(0, mostParts),
    })),
    reports: reports.slice(0, mostParts),
    isReceipt,
    files: files.slice(0, mostParts),
  };
}

function toRawText({ plain, html }: SortedParts['texts'][number], toPlain: (leaf: Leaf) => string): RawText {
  const join = (leaves: Leaf[], between: string) => leaves.map(toPlain).join(between);
  const text: RawText = {
    ...(plain.length > 0 && { plain: join(plain, '\n\n') }),
    ...(html.length > 0 && { html: join(html, '<br><br>') }),
  };
  const used = text.plain?.trim() ? plain : html;
  return { ...text, ...(used.some(({ size }) => size > longestText) && { isCut: true }) };
}

function nameOf(headers: Headers): string {
  const { filename } = readParameters(headers['content-disposition']?.[0] ?? '').parameters;
  const { name } = readParameters(headers['content-type']?.[0] ?? '').parameters;
  return cleanName(filename ?? name ?? '');
}

/** Paths are private, and a control character does not belong in a name. */
const cleanName = (name: string) =>
  (name.split(/[\\/]/).at(-1) ?? '')
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 255);

/** The name of a file without one, by its type. TNEF gets the name that Outlook uses for it. */
function nameless(mediaType: string, index: number): string {
  if (mediaType === 'application/ms-tnef') return 'winmail.dat';
  const ending = mediaType === 'message/rfc822' ? 'eml' : detectExtension(mediaType) || 'bin';
  return `attachment-${index + 1}.${ending}`;
}

/** The words of a part, and the names of files embedded in them. */
function decodeText(body: Buffer, headers: Headers): { text: string; names: string[] } {
  const { value, parameters } = readParameters(headers['content-type']?.[0] ?? '');
  const charset = parameters.charset?.split(/[\s(]/)[0];
  const encoding = readEncoding(headers['content-transfer-encoding']?.[0]);
  // If no file is between such lines, the part is a text.
  const bytes = isUuencoded(encoding) ? body : decodeTransfer(body, encoding);
  const whole = toText(bytes, charset);
  if (value === 'text/html') return { text: whole, names: [] };
  const { text, names } = splitUuencoded(whole);
  const isFlowed = parameters.format?.toLowerCase() === 'flowed';
  return {
    text: isFlowed ? unflow(text, parameters.delsp?.toLowerCase() === 'yes') : text,
    names: names.map(cleanName),
  };
}

/**
 * Joins flowed lines (RFC 3676, 4.2): a line that ends in a space continues in the next. The signature mark is no such
 * line.
 */
function unflow(text: string, dropSpace: boolean): string {
  const lines: string[] = [];
  let goesOn = false;
  for (const line of text.split(/\r?\n/)) {
    const last = lines.length - 1;
    const isQuote = line.startsWith('>');
    if (goesOn && !isQuote && line !== '-- ')
      lines[last] = `${dropSpace ? lines[last]?.slice(0, -1) : lines[last]}${line.replace(/^ /, '')}`;
    else lines.push(isQuote ? line : line.replace(/^ /, ''));
    goesOn = line.endsWith(' ') && line !== '-- ' && !isQuote;
  }
  return lines.join('\n');
}

/** Reads a piece of a file, still encoded as in the mail, and the name of that encoding. */
export async function readPart(
  client: ImapFlow,
  { uid, part, start, length }: { uid: number; part: string; start: number; length: number },
): Promise<{ bytes: Buffer; encoding: string }> {
  const query = { bodyParts: [`${part}.mime`, { key: part, start, maxLength: length }] };
  const found = await client.fetchOne(String(uid), query, { uid: true });
  const bytes = found ? found.bodyParts?.get(part.toLowerCase()) : undefined;
  if (!found || !bytes) throw new BoardError('malformed', toReason('mail_gone'));
  const mime = readHeaders(found.bodyParts?.get(`${part}.mime`) ?? Buffer.alloc(0));
  return { bytes, encoding: readEncoding(mime['content-transfer-encoding']?.[0]) };
}
