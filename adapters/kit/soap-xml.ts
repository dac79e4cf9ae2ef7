/** Reading SOAP envelopes by name: prefixes, order and attributes do not count, DTD and entities are refused. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element's children by local name; text is text, never a number or a date. */
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
  /** Local name of the first element in the body; absent for an empty body. */
  name?: string;
  content: XmlNode;
}

/** A text that is no well-formed XML without DTD, or no SOAP envelope. */
export class XmlError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'XmlError';
  }
}

const isXmlNode = (value: unknown): value is XmlNode =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A DTD can only stand before the root element, between declarations and comments. */
export function refuseDtd(xml: string): void {
  const beforeRoot = /\s+|<\?.*?\?>|<!--.*?-->/sy;
  let at = 0;
  while (beforeRoot.test(xml)) at = beforeRoot.lastIndex;
  if (/^<!DOCTYPE/i.test(xml.slice(at, at + 9))) throw new XmlError('a DTD is not allowed');
}

/**
 * Parse a document. Elements named in `lists` are always arrays, also when there is one or an empty one:
 * toolkits write a list of one as the element itself.
 */
export function parseXml(text: string, lists: readonly string[] = []): XmlNode {
  const xml = text.replace(/^[\s\uFEFF]+/, '');
  refuseDtd(xml);
  const valid = XMLValidator.validate(xml);
  if (valid !== true) throw new XmlError(`not well-formed: ${valid.err.msg}`);
  const parser = new XMLParser({
    removeNSPrefix: true,
    parseTagValue: false,
    trimValues: false,
    processEntities: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
    // The library refuses names that objects of JavaScript have, such as `constructor`: as ours they are names like any.
    transformTagName: (name) => (name.startsWith(own) ? name : own + name),
    isArray: (name) => lists.includes(name.slice(own.length)),
  });
  try {
    return toNode(parser.parse(asText(xml))) as XmlNode;
  } catch (cause) {
    throw new XmlError(`not readable: ${cause instanceof Error ? cause.message : cause}`);
  }
}

/** No XML name begins so; an empty element's name is given twice. */
const own = '@';

/** CDATA sections as the text that they are, in their place; comments go. The document is well-formed: each of them ends. */
const asText = (xml: string): string =>
  xml.replace(/<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>/g, (_all, text: string = '') =>
    text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`),
  );

/** Texts decoded, and without the blanks around them; items of lists that hold nothing, and blanks between elements, go. */
function toNode(value: XmlValue): XmlValue {
  if (Array.isArray(value)) return value.map(toNode).filter((item) => item !== '');
  if (!isXmlNode(value)) return decodeReferences(value).trim();
  const children = Object.entries(value).map(([name, item]): [string, XmlValue] => [
    name.startsWith(own) ? name.slice(own.length) : name,
    toNode(item),
  ]);
  return Object.fromEntries(children.filter(([name, item]) => name !== textName || item !== ''));
}

/** What the library calls text that stands beside elements. */
const textName = '#text';

const known: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The entities of XML and numeric references; halves of a surrogate pair, which some servers write one by one, become the
 * sign together. Another entity (`&nbsp;`) is none without a DTD: it is marked as damaged, and `normalise` names it.
 */
function decodeReferences(text: string): string {
  return text.replace(
    /&(?:#(x[\da-f]{1,8}|\d{1,8})|([\w.:-]{1,64}));/gi,
    (all, number?: string, name = '') => {
      if (number === undefined) return Object.hasOwn(known, name) ? (known[name] ?? '') : `\ufffd${all}`;
      const code = /^x/i.test(number) ? Number.parseInt(number.slice(1), 16) : Number(number);
      if (code > 0x10ffff) return '\ufffd';
      return code <= 0xffff ? String.fromCharCode(code) : String.fromCodePoint(code);
    },
  );
}

/** Take an envelope of SOAP 1.1 or 1.2 apart; throws {@link XmlError} for anything else. */
export function parseEnvelope(text: string, lists: readonly string[] = []): Envelope {
  const envelope = parseXml(text, lists).Envelope;
  if (!isXmlNode(envelope)) throw new XmlError('no SOAP envelope');
  const body = envelope.Body;
  if (body === undefined || Array.isArray(body)) throw new XmlError('no SOAP body');
  if (!isXmlNode(body)) return { content: {} };
  if (body.Fault !== undefined) return { fault: toFault(body.Fault), name: 'Fault', content: {} };
  const [name, content] = Object.entries(body)[0] ?? [];
  return { ...(name && { name }), content: isXmlNode(content) ? content : {} };
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

/** All text below an element, in order. */
function textOf(value: XmlValue | undefined): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(textOf).join(' ');
  return value ? Object.values(value).map(textOf).join(' ') : '';
}
