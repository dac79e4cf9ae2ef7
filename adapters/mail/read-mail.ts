import type { FetchMessageObject, ImapFlow, MessageStructureObject } from 'imapflow';
import { BoardError } from '../contract.ts';
import { type Headers, readHeaders, readParameters, toText } from './header-text.ts';
import type { RawMail } from './raw-mail.ts';
import { decodeTransfer } from './transfer-encoding.ts';

/** What judging a mail needs; the rest of its header stays on the server. */
const keptHeaders = [
  ...[
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
  ],
  // Where the envelope named it: Postfix and Dovecot, Postfix, Exim and others.
  ...['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'],
  ...['auto-submitted', 'precedence', 'x-auto-response-suppress', 'x-autoreply', 'x-autorespond', 'list-id'],
  ...['authentication-results', 'x-failed-recipients', 'x-minwon-hub'],
];

/** No honest header is longer or comes more often; what looks into them stays quick. */
const toShort = (values: string[]) => values.slice(0, 50).map((value) => value.slice(0, 20_000));

/** More of a text than this is no answer (schemas/complaint.ts: 100,000 letters). */
const longestText = 1024 * 1024;

interface Leaf {
  part: string;
  type: string;
  node: MessageStructureObject;
  /** What it is part of: `multipart/related` and so on. */
  within: string;
}

/** One page of mails, read without marking them as seen. Files are named and not read. */
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
  const { texts, files } = sortParts(head.bodyStructure);
  const keys = [
    ...texts.map(({ part }) => ({ key: part, maxLength: longestText })),
    // A mail in one piece has its MIME header in its own (RFC 9051, 6.4.5.1: MIME is for parts).
    ...(head.bodyStructure?.childNodes ? [...texts, ...files].map(({ part }) => `${part}.mime`) : []),
  ];
  const bodies =
    keys.length > 0 && (await client.fetchOne(String(head.uid), { bodyParts: keys }, { uid: true }));
  const bodyOf = (part: string) =>
    (bodies ? bodies.bodyParts?.get(part.toLowerCase()) : undefined) ?? Buffer.alloc(0);
  const partHeaders = (part: string) => {
    const own = readHeaders(bodyOf(`${part}.mime`));
    return own['content-type'] ? own : all;
  };
  const textOf = (type: string) => {
    const found = texts.find((leaf) => leaf.type === type);
    return found && toPlain(bodyOf(found.part), partHeaders(found.part));
  };
  const read = {
    text: textOf('text/plain'),
    html: textOf('text/html'),
    report: textOf('message/delivery-status'),
  };
  return {
    validity,
    uid: head.uid,
    receivedAt: new Date(head.internalDate ?? 0).toISOString(),
    headers,
    ...Object.fromEntries(Object.entries(read).filter(([, text]) => text !== undefined)),
    files: files.map(({ part, type }, index) => ({
      part,
      mediaType: type,
      name: nameOf(partHeaders(part)) ?? `attachment-${index + 1}`,
    })),
  };
}

/** Which parts are the text and which are files; what only dresses or signs the mail is neither. */
function sortParts(structure: MessageStructureObject | undefined): { texts: Leaf[]; files: Leaf[] } {
  const leaves = structure ? listLeaves(structure, '') : [];
  const texts: Leaf[] = [];
  const files: Leaf[] = [];
  for (const leaf of leaves) {
    const { type, node } = leaf;
    const isFile = node.disposition === 'attachment' || nameIn(node);
    const isText = ['text/plain', 'text/html', 'message/delivery-status'].includes(type);
    if (isText && !isFile && !texts.some((one) => one.type === type)) texts.push(leaf);
    else if (isFile && !isDressing(leaf)) files.push(leaf);
  }
  return { texts, files };
}

function listLeaves(node: MessageStructureObject, within: string): Leaf[] {
  const type = node.type.toLowerCase();
  // A mail inside a mail is one thing, whatever is in it.
  if (node.childNodes && type.startsWith('multipart/'))
    return node.childNodes.flatMap((child) => listLeaves(child, type));
  return [{ part: node.part ?? '1', type, node, within }];
}

const nameIn = ({ parameters, dispositionParameters }: MessageStructureObject) =>
  [...Object.keys(parameters ?? {}), ...Object.keys(dispositionParameters ?? {})].some((key) =>
    /^(file)?name\b/i.test(key),
  );

/** A logo of a signature, or the signature of a program (RFC 8551, RFC 3156). */
const isDressing = ({ type, node, within }: Leaf) =>
  (within === 'multipart/related' && type.startsWith('image/') && node.disposition !== 'attachment') ||
  /^application\/(x-)?(pkcs7|pgp)-signature$/.test(type);

function nameOf(headers: Headers): string | undefined {
  const { filename } = readParameters(headers['content-disposition']?.[0] ?? '').parameters;
  const { name } = readParameters(headers['content-type']?.[0] ?? '').parameters;
  // A path is nobody's business, and a control character no part of a name.
  const clean = (filename ?? name)
    ?.split(/[\\/]/)
    .at(-1)
    ?.replace(/\p{Cc}/gu, '')
    .trim();
  return clean ? clean.slice(0, 255) : undefined;
}

function toPlain(body: Buffer, headers: Headers): string {
  const { parameters } = readParameters(headers['content-type']?.[0] ?? '');
  const encoding = (headers['content-transfer-encoding']?.[0] ?? '').trim().toLowerCase();
  const text = toText(decodeTransfer(body, encoding), parameters.charset);
  return parameters.format?.toLowerCase() === 'flowed'
    ? unflow(text, parameters.delsp?.toLowerCase() === 'yes')
    : text;
}

/** RFC 3676, 4.2: a line that ends in a space goes on in the next; the mark of a signature does not. */
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

/** A piece of a file as it stands in the mail, and how it is encoded there. */
export async function readPart(
  client: ImapFlow,
  { uid, part, start, length }: { uid: number; part: string; start: number; length: number },
): Promise<{ bytes: Buffer; encoding: string }> {
  const query = { bodyParts: [`${part}.mime`, { key: part, start, maxLength: length }] };
  const found = await client.fetchOne(String(uid), query, { uid: true });
  const bytes = found ? found.bodyParts?.get(part.toLowerCase()) : undefined;
  if (!found || !bytes) throw new BoardError('malformed', 'the mail or its file is no longer in the mailbox');
  const mime = readHeaders(found.bodyParts?.get(`${part}.mime`) ?? Buffer.alloc(0));
  return { bytes, encoding: (mime['content-transfer-encoding']?.[0] ?? '').trim().toLowerCase() };
}
