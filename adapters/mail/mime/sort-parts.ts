import type { MessageStructureObject } from 'imapflow';
import { isKnownEncoding, readEncoding } from './transfer-encoding.ts';

/** A part of a mail with content, as the server describes it (RFC 9051, 7.5.2, BODYSTRUCTURE). */
export interface Leaf {
  part: string;
  type: string;
  size: number;
}

export interface SortedParts {
  /** In order. Of alternatives, both forms; each may have several parts. */
  texts: { plain: Leaf[]; html: Leaf[] }[];
  reports: Leaf[];
  isReceipt: boolean;
  /** Everything that is neither text nor a program's signature. */
  files: Leaf[];
}

/**
 * Sorts the parts of a mail. A text counts as a file if its sender attached it, or if its encoding is unknown (RFC
 * 2045, 6.4). A named text after another text is a file too: Apple Mail calls attached texts inline. Pictures inside a
 * text are files as well, because the text is readable without them.
 */
export function sortParts(structure: MessageStructureObject | undefined): SortedParts {
  const sorted: SortedParts = { texts: [], reports: [], isReceipt: false, files: [] };
  if (structure) sort(structure, sorted);
  return sorted;
}

const reports = ['message/delivery-status', 'message/global-delivery-status'];
const receipts = ['message/disposition-notification', 'message/global-disposition-notification'];
/** A program's signature (RFC 8551, RFC 3156). */
const signature = /^application\/(x-)?(pkcs7|pgp)-signature$/;

function sort(node: MessageStructureObject, sorted: SortedParts): void {
  const type = node.type.toLowerCase();
  if (node.childNodes && type === 'multipart/alternative') sortAlternatives(node.childNodes, sorted);
  // A mail inside a mail is one item, whatever it contains.
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

/** One text in several forms (RFC 2046, 5.1.4). Anything besides the text inside one of them is a file. */
function sortAlternatives(children: MessageStructureObject[], sorted: SortedParts): void {
  const text: SortedParts['texts'][number] = { plain: [], html: [] };
  const others: SortedParts['texts'] = [];
  for (const child of children) {
    const one: SortedParts = { ...sorted, texts: [] };
    sort(child, one);
    sorted.isReceipt ||= one.isReceipt;
    const form = one.texts.some(({ html }) => html.length > 0) ? text.html : text.plain;
    // A second part of the same form should say the same, but nobody can be sure.
    if (form.length > 0) others.push(...one.texts);
    else form.push(...one.texts.flatMap(({ plain, html }) => [...plain, ...html]));
  }
  if (text.plain.length + text.html.length > 0) sorted.texts.push(text, ...others);
}

const hasName = ({ parameters, dispositionParameters }: MessageStructureObject) =>
  [...Object.keys(parameters ?? {}), ...Object.keys(dispositionParameters ?? {})].some((key) =>
    /^(file)?name\b/i.test(key),
  );
