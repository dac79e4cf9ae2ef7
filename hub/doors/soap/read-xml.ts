import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { XmlError } from '../../../adapters/kit/soap-xml.ts';

/** An element as XML Namespaces sees it: prefixes and the order of attributes do not count. */
export interface XmlElement {
  /** Empty: in no namespace. */
  namespace: string;
  name: string;
  /** By name, in a namespace by `{namespace}name`. */
  attributes: ReadonlyMap<string, string>;
  elements: XmlElement[];
  /** All text directly inside, references resolved. */
  text: string;
}

// Parsing takes a fraction of a second within these bounds, and everybody waits for it.
const mostElements = 5_000;
const mostAttributes = 10_000;
const deepest = 30;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  cdataPropName: '#cdata',
  trimValues: false,
  parseTagValue: false,
  // References are resolved here, where a wrong one is an error instead of text.
  processEntities: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: deepest,
  // Names are read with Object.keys alone, so they may be what the caller wrote.
  onDangerousProperty: (name) => name,
});

/** What the parser hands out: one key that is the tag's name, `#text` or `#cdata`. */
type ParsedNode = Record<string, ParsedNode[] | string | Record<string, string>>;

/**
 * The root element of a document without DTD. Blank lines before the declaration are passed over.
 * Errors: XmlError, with words for whoever sent it.
 */
export function readXml(text: string): XmlElement {
  const xml = text.replace(/^\s+/, '');
  const unusable = findNonXmlCharacter(xml);
  if (unusable) throw new XmlError(`the character ${unusable} is not allowed in XML`);
  const markup = toMarkup(xml);
  if (hasMore(markup, /<[^/?]/g, mostElements))
    throw new XmlError(`there are more than ${mostElements} elements`);
  if (hasMore(markup, /=\s*["']/g, mostAttributes))
    throw new XmlError(`there are more than ${mostAttributes} attributes`);
  const valid = XMLValidator.validate(xml);
  if (valid !== true)
    throw new XmlError(`not well-formed XML, line ${valid.err.line}: ${valid.err.msg.slice(0, 200)}`);
  let nodes: ParsedNode[];
  try {
    nodes = parser.parse(xml);
  } catch (cause) {
    throw new XmlError(`not readable XML: ${(cause instanceof Error ? cause.message : '').slice(0, 200)}`);
  }
  const [root, ...others] = nodes.filter((node) => !tagOf(node).startsWith('#'));
  if (!root || others.length > 0) throw new XmlError('not well-formed XML: there must be one root element');
  return toElement(root, { bound: new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]) });
}

/** Stops counting when it knows. */
function hasMore(text: string, what: RegExp, most: number): boolean {
  let found = 0;
  for (const _ of text.matchAll(what)) if (++found > most) return true;
  return false;
}

/** XML 1.0, section 2.2. */
function findNonXmlCharacter(text: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const found = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u.exec(text)?.[0];
  return found && `U+${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The document without comments and CDATA sections, in which `<` is no markup. */
function toMarkup(xml: string): string {
  const parts: string[] = [];
  for (let at = 0; ; ) {
    const open = xml.indexOf('<!', at);
    parts.push(xml.slice(at, open < 0 ? undefined : open));
    if (open < 0) return parts.join('');
    const end = xml.startsWith('<!--', open) ? '-->' : xml.startsWith('<![CDATA[', open) ? ']]>' : undefined;
    if (!end) throw new XmlError('a DTD or an entity declaration is not allowed');
    const close = xml.indexOf(end, open + 4);
    if (close < 0) throw new XmlError(`not well-formed XML: ${end} is missing`);
    at = close + end.length;
  }
}

const tagOf = (node: ParsedNode) => Object.keys(node).find((key) => key !== ':@') ?? '#text';

/** Prefixes bound at one element; looked up outwards, because copying them would cost elements times prefixes. */
interface Scope {
  bound: Map<string, string>;
  outer?: Scope;
}

function findNamespace(prefix: string, scope: Scope | undefined): string | undefined {
  for (let at = scope; at; at = at.outer) {
    const namespace = at.bound.get(prefix);
    if (namespace !== undefined) return namespace;
  }
  return undefined;
}

function toElement(node: ParsedNode, outer: Scope): XmlElement {
  const tag = tagOf(node);
  const { scope, attributes } = readAttributes((node[':@'] ?? {}) as Record<string, string>, outer);
  const element: XmlElement = { ...qualify(tag, scope), attributes, elements: [], text: '' };
  for (const child of node[tag] as ParsedNode[]) {
    const kind = tagOf(child);
    if (kind === '#text') element.text += resolve(child[kind] as string);
    else if (kind === '#cdata')
      for (const part of child[kind] as ParsedNode[]) element.text += part['#text'] ?? '';
    else element.elements.push(toElement(child, scope));
  }
  return element;
}

function readAttributes(written: Record<string, string>, outer: Scope) {
  const scope: Scope = { bound: new Map(), outer };
  const attributes = new Map<string, string>();
  const isBinding = (name: string) => name === 'xmlns' || name.startsWith('xmlns:');
  for (const [name, value] of Object.entries(written))
    if (isBinding(name)) scope.bound.set(name.slice('xmlns:'.length), resolve(value));
  for (const [tag, value] of Object.entries(written)) {
    if (isBinding(tag)) continue;
    // An attribute without a prefix is in no namespace.
    const { namespace, name } = tag.includes(':') ? qualify(tag, scope) : { namespace: '', name: tag };
    const key = namespace ? `{${namespace}}${name}` : name;
    if (attributes.has(key)) throw new XmlError(`the attribute ${name} stands twice, under two prefixes`);
    attributes.set(key, resolve(value));
  }
  return { scope, attributes };
}

function qualify(tag: string, scope: Scope): { namespace: string; name: string } {
  const colon = tag.indexOf(':');
  const prefix = tag.slice(0, Math.max(colon, 0));
  const namespace = findNamespace(prefix, scope);
  if (prefix && !namespace) throw new XmlError(`the prefix ${prefix} is not bound to a namespace`);
  return { namespace: namespace ?? '', name: tag.slice(colon + 1) };
}

const predefined = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Resolves the references that need no DTD: the five predefined entities and numbers of characters. */
function resolve(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;]{0,20};?)/g, (whole, inside: string) => {
    const name = inside.endsWith(';') ? inside.slice(0, -1) : '';
    const [, hex, decimal] = /^#(?:x([0-9a-f]{1,6})|([0-9]{1,7}))$/i.exec(name) ?? [];
    const point = hex ? Number.parseInt(hex, 16) : Number(decimal ?? Number.NaN);
    const character = point <= 0x10ffff ? String.fromCodePoint(point) : predefined.get(name);
    if (character === undefined) throw new XmlError(`${whole.slice(0, 20)} is not a reference known in XML`);
    const unusable = findNonXmlCharacter(character);
    if (unusable) throw new XmlError(`the character ${unusable} is not allowed in XML`);
    return character;
  });
}
