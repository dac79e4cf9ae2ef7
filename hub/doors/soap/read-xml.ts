import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { XmlError } from '../../../adapters/kit/text/soap-xml.ts';
import { type Reason, said, toReason } from '../../../schemas/reason.ts';

/** An element as XML Namespaces sees it: prefixes and the order of attributes do not count. */
export interface XmlElement {
  /** Empty: in no namespace. */
  namespace: string;
  name: string;
  /** Attributes by name; in a namespace, by `{namespace}name`. */
  attributes: ReadonlyMap<string, string>;
  elements: XmlElement[];
  /** All text directly inside, with references resolved. */
  text: string;
}

// Within these bounds, reading takes a fraction of a second. It blocks the event loop, so everybody waits for it.
const mostElements = 5_000;
const mostAttributes = 10_000;
const deepest = 30;

/**
 * The root element of a document without DTD. saxes checks all of XML 1.0 and XML Namespaces. So the parser that
 * verifies signatures reads the same as we do, and knows only the five entities of XML. Blank lines before the
 * declaration are ignored. Errors: XmlError, with words for the sender.
 */
export function readXml(text: string): XmlElement {
  try {
    return read(text, false);
  } catch (error) {
    // Counting lines costs as much as the rest of reading, so it is done only after an error.
    if (error instanceof XmlError) return read(text, true);
    throw error;
  }
}

function read(text: string, position: boolean): XmlElement {
  const root: XmlElement = { namespace: '', name: '', attributes: new Map(), elements: [], text: '' };
  const open = [root];
  const inner = () => open.at(-1) ?? root;
  let elements = 0;
  let attributes = 0;
  // A declaration of XML 1.1 would allow control characters.
  const parser = new SaxesParser({ xmlns: true, position, forceXMLVersion: true, defaultXMLVersion: '1.0' });
  parser.on('error', ({ message }) =>
    refuse(toReason('not_well_formed', { detail: said(message.slice(0, 200)) })),
  );
  parser.on('doctype', () => refuse(toReason('dtd_or_entity')));
  parser.on('attribute', () => {
    if (++attributes > mostAttributes) refuse(toReason('too_many_attributes', { n: mostAttributes }));
  });
  parser.on('opentag', (tag) => {
    if (++elements > mostElements) refuse(toReason('too_many_elements', { n: mostElements }));
    if (open.length > deepest) refuse(toReason('nested_too_deep', { n: deepest }));
    const element = toElement(tag);
    inner().elements.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.on('text', (part) => append(inner(), part));
  parser.on('cdata', (part) => append(inner(), part));
  parser.write(text.replace(/^\s+/, '')).close();
  const [document] = root.elements;
  // The parser has refused a document without a root.
  if (!document) throw new XmlError(toReason('no_root_element'));
  return document;
}

function refuse(reason: Reason): never {
  throw new XmlError(reason);
}

function append(element: XmlElement, part: string): void {
  element.text += part;
}

/** Shared by the many elements without attributes. Never written to. */
const none = new Map<string, string>();

function toElement({ uri, local, attributes }: SaxesTagNS): XmlElement {
  let found: Map<string, string> = none;
  for (const name in attributes) {
    const { uri, local, prefix, value } = attributes[name] as SaxesAttributeNS;
    if (prefix === 'xmlns' || (prefix === '' && local === 'xmlns')) continue;
    if (found === none) found = new Map();
    found.set(uri ? `{${uri}}${local}` : local, value);
  }
  return { namespace: uri, name: local, attributes: found, elements: [], text: '' };
}
