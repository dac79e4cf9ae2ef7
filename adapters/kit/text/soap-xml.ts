/** Reads SOAP envelopes by name. Prefixes, order and attributes do not matter. DTD and entities are refused. */
import { SaxesParser } from 'saxes';
import { type Reason, ReasonError, said, toReason } from '../../../schemas/reason.ts';

/** An element's children by local name. Text stays text and never becomes a number or a date. */
export type XmlNode = { [name: string]: XmlValue };
type XmlValue = string | XmlNode | XmlValue[];

export interface Fault {
  /** Local name, for example `Server` or `FailedAuthentication`; SOAP 1.2: the innermost subcode. */
  code: string;
  /** SOAP 1.2: the code above the subcode. */
  parentCode?: string;
  reason: string;
}

interface Envelope {
  fault?: Fault;
  /** Local name of the first element in the body. Absent: the body is empty. */
  name?: string;
  content: XmlNode;
}

/** A text that is no well-formed XML without DTD, or no SOAP envelope. */
export class XmlError extends ReasonError {
  constructor(reason: Reason) {
    super(reason);
    this.name = 'XmlError';
  }
}

/** A document that exceeds the limits for one reply. */
export class XmlTooLargeError extends XmlError {}

const isXmlNode = (value: unknown): value is XmlNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Refuses a DTD, which can only stand before the root element, among declarations and comments. Returns where the root
 * begins.
 */
export function refuseDtd(xml: string): number {
  const beforeRoot = /\s+|<\?.*?\?>|<!--.*?-->/sy;
  let at = 0;
  while (beforeRoot.test(xml)) at = beforeRoot.lastIndex;
  if (/^<!DOCTYPE/i.test(xml.slice(at, at + 9))) throw new XmlError(toReason('xml_dtd'));
  return at;
}

/**
 * Limits of a document. All other work waits while a reply is parsed. Within these limits, ten megabytes take a
 * fraction of a second.
 */
const most = {
  elements: 200_000,
  levels: 100,
  attributes: 100_000,
  references: 500_000,
  disallowedCharacters: 1_000,
};
const words: Record<Counted, Reason> = {
  elements: toReason('xml_elements'),
  levels: toReason('xml_levels'),
  attributes: toReason('xml_attributes'),
  references: toReason('xml_references'),
  disallowedCharacters: toReason('xml_disallowed_characters'),
};

/**
 * Parses a document. Elements named in `lists` are always arrays, even with one item or none, because toolkits write a
 * list of one as the element itself. The XML declaration is skipped: the text is already decoded.
 */
export function parseXml(text: string, lists: readonly string[] = [], include?: Include): XmlNode {
  const begun = text.replace(/^[\s\uFEFF]+/, '');
  const tree = createTree(lists);
  const count = countBounded();
  const parser = new SaxesParser({ position: false, forceXMLVersion: true, defaultXMLVersion: '1.0' });
  parser.on('error', ({ message }) => {
    if (!isHarmless.has(message))
      throw new XmlError(toReason('xml_malformed', { detail: said(message.slice(0, 200)) }));
    count('disallowedCharacters');
  });
  parser.on('doctype', () => refuseDtd('<!DOCTYPE'));
  parser.on('attribute', () => count('attributes'));
  parser.on('opentag', ({ name, attributes }) => {
    count('elements');
    count('levels');
    const href = include && localName(name) === 'Include' ? attributes.href : undefined;
    if (include && typeof href === 'string') tree.append(include(decodeReferences(href)));
    // What stands for a text is no element of its own.
    tree.open(localName(name), href !== undefined);
  });
  parser.on('closetag', () => {
    count('levels', -1);
    tree.close();
  });
  parser.on('text', (part) => tree.append(decodeReferences(part)));
  parser.on('cdata', (part) => tree.append(part.replaceAll(ampersand, '&')));
  const xml = begun.slice(refuseDtd(begun));
  for (let at = xml.indexOf('&'); at >= 0; at = xml.indexOf('&', at + 1)) count('references');
  parser.write(forParser(xml)).close();
  return tree.root();
}

/** The text that xop:Include with this href stands for. Given for messages with parts beside the envelope. */
export type Include = (href: string) => string;

type Counted = keyof typeof most;

function countBounded(): (what: Counted, step?: 1 | -1) => void {
  const counts = { elements: 0, levels: 0, attributes: 0, references: 0, disallowedCharacters: 0 };
  return (what, step = 1) => {
    counts[what] += step;
    if (counts[what] > most[what])
      throw new XmlTooLargeError(toReason('xml_too_large', { what: words[what], n: most[what] }));
  };
}

/**
 * Faults that spoil only one text. They are passed on with it, so that `normalise` parks that post and not the whole
 * reply.
 */
const isHarmless: ReadonlySet<string> = new Set([
  'disallowed character.',
  'the string "]]>" is disallowed in char data.',
]);

/**
 * Stands for & before parsing, because the parser refuses halves of surrogate pairs. This code is reserved for use
 * inside programs (Unicode, 23.7).
 */
const ampersand = '\ufdd0';

const forParser = (xml: string): string =>
  xml.replaceAll(ampersand, '\ufffd').replaceAll('&', ampersand).replace(/\r\n?/g, '\n');

/** An element that is being read. */
interface Open {
  name: string;
  text: string;
  /** True: it is left out, because its parent has its text. */
  isLeftOut?: boolean;
  /** Children by local name, in document order. Absent: there are none. */
  children?: Map<string, XmlValue>;
}

/**
 * Collects the tree. Texts lose the blanks around them. Beside elements a text is stored as `#text`. Empty list items
 * and blanks between elements are dropped.
 */
function createTree(lists: readonly string[]) {
  const document: Open = { name: '', text: '' };
  const opened = [document];
  let inner = document;
  return {
    open(name: string, isLeftOut = false): void {
      inner = { name, text: '', isLeftOut };
      opened.push(inner);
    },
    append(part: string): void {
      inner.text += part;
    },
    close(): void {
      const closed = opened.pop() ?? document;
      inner = opened.at(-1) ?? document;
      if (closed.isLeftOut) return;
      inner.children ??= new Map();
      addChild(inner.children, closed.name, toValue(closed), lists);
    },
    root: (): XmlNode => Object.fromEntries(document.children ?? []),
  };
}

function toValue({ text, children }: Open): XmlValue {
  const trimmed = text.trim();
  if (!children) return trimmed;
  // No XML name begins with `#`.
  if (trimmed !== '') children.set('#text', trimmed);
  return Object.fromEntries(children);
}

function addChild(
  children: Map<string, XmlValue>,
  name: string,
  value: XmlValue,
  lists: readonly string[],
): void {
  const known = children.get(name);
  const items = value === '' ? [] : [value];
  if (Array.isArray(known)) known.push(...items);
  else if (known !== undefined) children.set(name, known === '' ? items : [known, ...items]);
  else children.set(name, lists.includes(name) ? items : value);
}

const known: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Decodes XML's entities and numeric references. Some servers write the halves of a surrogate pair as two references;
 * together they become the character. Without a DTD, another entity (`&nbsp;`) is undefined. It is marked as damaged,
 * and `normalise` names it.
 */
function decodeReferences(text: string): string {
  return text.replace(
    /\ufdd0(?:#(x[\da-f]+|\d+);|([\w.:-]{1,64});)?/gi,
    (_all, number?: string, name?: string) => {
      if (name !== undefined) return Object.hasOwn(known, name) ? (known[name] ?? '') : `\ufffd&${name};`;
      if (number === undefined) throw new XmlError(toReason('xml_bare_ampersand'));
      const code = /^x/i.test(number) ? Number.parseInt(number.slice(1), 16) : Number(number);
      if (code > 0x10ffff) return '\ufffd';
      return code <= 0xffff ? String.fromCharCode(code) : String.fromCodePoint(code);
    },
  );
}

/** Parses an envelope of SOAP 1.1 or 1.2. Throws {@link XmlError} for anything else. */
export function parseEnvelope(text: string, lists: readonly string[] = [], include?: Include): Envelope {
  const envelope = parseXml(text, lists, include).Envelope;
  if (!isXmlNode(envelope)) throw new XmlError(toReason('xml_no_envelope'));
  const body = envelope.Body;
  if (body === undefined || Array.isArray(body)) throw new XmlError(toReason('xml_no_body'));
  if (!isXmlNode(body)) return { content: {} };
  if (body.Fault !== undefined) return { fault: toFault(body.Fault), name: 'Fault', content: {} };
  const [name, content] = Object.entries(body)[0] ?? [];
  return { ...(name && { name }), content: isXmlNode(content) ? content : {} };
}

/** True for XML by its media type (RFC 7303, 4.2). SOAP 1.2 has one of its own, `application/soap+xml`. */
export const isXmlType = (contentType: string): boolean =>
  /^[\w.-]+\/([\w.-]+\+)?xml\s*(;|$)/i.test(contentType);

/**
 * Parses what a board sends by itself: a document, or the elements inside the Body of an envelope. So a mapping reads the
 * same either way. Throws {@link XmlError}.
 */
export function parseDelivery(text: string, lists: readonly string[] = []): XmlNode {
  const document = parseXml(text, lists);
  const { Envelope: envelope } = document;
  if (envelope === undefined) return document;
  const body = isXmlNode(envelope) ? envelope.Body : undefined;
  if (body === undefined || Array.isArray(body)) throw new XmlError(toReason('xml_no_body'));
  return isXmlNode(body) ? body : {};
}

function toFault(fault: XmlValue): Fault {
  if (!isXmlNode(fault)) return { code: '', reason: textOf(fault) };
  if (!isXmlNode(fault.Code)) {
    return { code: localName(textOf(fault.faultcode)), reason: textOf(fault.faultstring) };
  }
  const parentCode = localName(textOf(fault.Code.Value));
  const subcode = innermost(fault.Code);
  return { code: localName(subcode), parentCode, reason: textOf(fault.Reason) };
}

function innermost(code: XmlNode): string {
  return isXmlNode(code.Subcode) ? innermost(code.Subcode) : textOf(code.Value);
}

const localName = (name: string) => name.slice(name.lastIndexOf(':') + 1);

/** All text inside an element, in order. */
function textOf(value: XmlValue | undefined): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join(' ');
  return value ? Object.values(value).map(textOf).join(' ') : '';
}
