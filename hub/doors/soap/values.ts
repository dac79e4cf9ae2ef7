import type { TSchema } from 'typebox';
import { xopNamespace } from '../../../adapters/kit/http/xop.ts';
import type { Problem } from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import type { XmlElement } from './read-xml.ts';

/** The namespace of every message, as in schemas/hub.xsd. */
export const hubNamespace = 'urn:minwon-hub:v1';

/** True for an element of the hub's. Many toolkits write what is inside the operation without namespace. */
export const isOurs = ({ namespace }: XmlElement): boolean => namespace === hubNamespace || namespace === '';

const nil = '{http://www.w3.org/2001/XMLSchema-instance}nil';

/** The parts of a JSON schema that decide how a value is written in XML. */
interface Shape {
  type?: string;
  properties?: Record<string, Shape>;
  items?: Shape;
  format?: string;
  contentEncoding?: string;
  pattern?: string;
  enum?: string[];
}

/**
 * Converts an element to a JSON value by its schema. A list is the same element several times. Children come in any
 * order, with or without our namespace, and a nil one is absent. An element without a place in the schema is a problem.
 * Whether the value is acceptable is for the schema's own check.
 */
export function fromXml(element: XmlElement, schema: TSchema): { value: unknown; problems: Problem[] } {
  const problems: Problem[] = [];
  return { value: readValue(element, schema as Shape, '', problems), problems };
}

/** Begins a value that stands beside the envelope (XOP). No base64 holds a blank here: they are taken out. */
const includeMark = 'xop ';

export const isInclude = ({ name, namespace }: XmlElement): boolean =>
  name === 'Include' && namespace === xopNamespace;

/** The href of a value that stands beside the envelope, or undefined for base64. */
export const findHref = (value: string): string | undefined =>
  value.startsWith(includeMark) ? value.slice(includeMark.length) : undefined;

/** XML that takes the place of base64 in a reply. */
export class WrittenXml {
  readonly xml: string;
  constructor(xml: string) {
    this.xml = xml;
  }
}

/** The spellings of xs:boolean. */
const booleans = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

function readValue(element: XmlElement, shape: Shape, pointer: string, problems: Problem[]): unknown {
  if (shape.properties) return readObject(element, shape.properties, pointer, problems);
  const [included, ...others] = shape.contentEncoding ? element.elements : [];
  if (included && others.length === 0 && isInclude(included))
    return `${includeMark}${included.attributes.get('href') ?? ''}`;
  if (element.elements.length > 0) problems.push({ pointer, reason: toReason('elements_in_text') });
  const text = element.text;
  const word = text.trim();
  // xs:base64Binary: toolkits break its lines.
  if (shape.contentEncoding) return text.replace(/\s+/g, '');
  if (shape.type === 'integer') return /^[+-]?[0-9]+$/.test(word) ? Number(word) : word;
  if (shape.type === 'boolean') return booleans.get(word) ?? word;
  // As in xs:dateTime and xs:anyURI, spaces around a single word mean nothing. In a text they do.
  return shape.format || shape.pattern || shape.enum ? word : text;
}

function readObject(
  element: XmlElement,
  properties: Record<string, Shape>,
  pointer: string,
  problems: Problem[],
): Record<string, unknown> {
  const expected = Object.keys(properties).join(', ');
  if (element.text.trim()) problems.push({ pointer, reason: toReason('text_in_elements', { expected }) });
  for (const child of element.elements) {
    const { name, namespace } = child;
    if (isOurs(child) && Object.hasOwn(properties, name)) continue;
    problems.push({
      pointer: `${pointer}/${name}`,
      reason: isOurs(child)
        ? toReason('unknown_element', { expected })
        : toReason('unknown_element_in', { namespace, expected }),
    });
  }
  const value: Record<string, unknown> = {};
  for (const [name, shape] of Object.entries(properties)) {
    const place = `${pointer}/${name}`;
    const found = element.elements.filter((child) => child.name === name && !isNil(child));
    if (shape.items) {
      const { items } = shape;
      // Some toolkits write an empty list as one empty element.
      const filled = found.filter((child) => child.elements.length > 0 || child.text.trim() !== '');
      if (filled.length > 0)
        value[name] = filled.map((child, index) => readValue(child, items, `${place}/${index}`, problems));
    } else if (found[0]) {
      if (found.length > 1) problems.push({ pointer: place, reason: toReason('repeated_element') });
      value[name] = readValue(found[0], shape, place, problems);
    }
  }
  return value;
}

const isNil = ({ attributes }: XmlElement) => /^\s*(1|true)\s*$/.test(attributes.get(nil) ?? '');

function writeValue(name: string, value: unknown, shape: Shape): string {
  if (value === undefined || value === null) return '';
  if (shape.items) {
    const { items } = shape;
    return (value as unknown[]).map((item) => writeValue(name, item, items)).join('');
  }
  if (value instanceof WrittenXml) return `<${name}>${value.xml}</${name}>`;
  return `<${name}>${shape.properties ? toXmlChildren(value, shape) : escapeXml(String(value))}</${name}>`;
}

/**
 * The elements of an object's fields, in the order of its schema: strict toolkits insist on the sequence of the XSD.
 */
export function toXmlChildren(value: unknown, schema: TSchema): string {
  return Object.entries((schema as Shape).properties ?? {})
    .map(([name, shape]) => writeValue(name, (value as Record<string, unknown>)[name], shape))
    .join('');
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

/** Escapes text for an element or attribute. Characters that XML cannot hold (section 2.2) become U+FFFD. */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/[&<>"\r]/g, (character) => escapes[character] ?? character)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
  );
}
