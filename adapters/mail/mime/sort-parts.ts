import type { MessageStructureObject } from 'imapflow';
import { isKnownEncoding, readEncoding } from './transfer-encoding.ts';

/** A part of a mail that holds something, as the server describes it (RFC 9051, 7.5.2, BODYSTRUCTURE). */
export interface Leaf {
  part: string;
  type: string;
  size: number;
}

export interface SortedParts {
  /** In their order; of alternatives both forms, each maybe in several parts. */
  texts: { plain: Leaf[]; html: Leaf[] }[];
  reports: Leaf[];
  isReceipt: boolean;
  /** All that is neither text nor the signature of a program. */
  files: Leaf[];
}

/**
 * What each part of a mail is. A text counts as a file where its sender attached it, or where nobody can decode it
 * (RFC 2045, 6.4). One with a name behind another text does too: Apple Mail calls attached texts inline. Pictures that a
 * text shows are files as well, for the text goes on without.
 */
export function sortParts(structure: MessageStructureObject | undefined): SortedParts {
  const sorted: SortedParts = { texts: [], reports: [], isReceipt: false, files: [] };
  if (structure) sort(structure, sorted);
  return sorted;
}

const reports = ['message/delivery-status', 'message/global-delivery-status'];
const receipts = ['message/disposition-notification', 'message/global-disposition-notification'];
/** The signature of a program (RFC 8551, RFC 3156). */
const signature = /^application\/(x-)?(pkcs7|pgp)-signature$/;

function sort(node: MessageStructureObject, sorted: SortedParts): void {
  const type = node.type.toLowerCase();
  if (node.childNodes && type === 'multipart/alternative') sortAlternatives(node.childNodes, sorted);
  // A mail inside a mail is one thing, whatever is in it.
  else if (node.childNodes && type.startsWith('multipart/'))
    for (const child of node.childNodes) sort(child, sorted);
  else sortLeaf(node, { part: node.part ?? '1', type, size: node.size ?? 0 }, sorted);
}

function sortLeaf(node: MessageStructureObject, leaf: Leaf, sorted: SortedParts): void {
  const { texts, files } = sorted;
  const isText =
    (leaf.type === 'text/plain' || leaf.type === 'text/html') && isKnownEncoding(readEncoding(node.encoding));
  const isFile = node.disposition?.toLowerCase() === 'attachment' || (texts.length > 0 && hasName(node));
  if (reports.includes(leaf.type)) sorted.reports.push(leaf);
  else if (receipts.includes(leaf.type)) sorted.isReceipt = true;
  else if (!isText || isFile) {
    if (!signature.test(leaf.type)) files.push(leaf);
  } else texts.push(leaf.type === 'text/plain' ? { plain: [leaf], html: [] } : { plain: [], html: [leaf] });
}

/** One text in several forms (RFC 2046, 5.1.4); what stands inside one of them beside the text are files. */
function sortAlternatives(children: MessageStructureObject[], sorted: SortedParts): void {
  const text: SortedParts['texts'][number] = { plain: [], html: [] };
  const others: SortedParts['texts'] = [];
  for (const child of children) {
    const one: SortedParts = { ...sorted, texts: [] };
    sort(child, one);
    sorted.isReceipt ||= one.isReceipt;
    const form = one.texts.some(({ html }) => html.length > 0) ? text.html : text.plain;
    // A second of the same form should say the same again, and who knows whether it does.
    if (form.length > 0) others.push(...one.texts);
    else form.push(...one.texts.flatMap(({ plain, html }) => [...plain, ...html]));
  }
  if (text.plain.length + text.html.length > 0) sorted.texts.push(text, ...others);
}

const hasName = ({ parameters, dispositionParameters }: MessageStructureObject) =>
  [...Object.keys(parameters ?? {}), ...Object.keys(dispositionParameters ?? {})].some((key) =>
    /^(file)?name\b/i.test(key),
  );
