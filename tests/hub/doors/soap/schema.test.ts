import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import type { TSchema } from 'typebox';
import { describe, expect, it } from 'vitest';
import { RefusalDetail } from '../../../../hub/doors/soap/fault.ts';
import { operations } from '../../../../hub/doors/soap/operations.ts';

/** A simple type, reduced to what can be compared. */
type Simple = Record<string, string | number | string[]>;
interface Field {
  required: boolean;
  /** How many at the most; absent: not a list. */
  most?: string;
  type: Fields | Simple;
}
interface Fields {
  fields: [string, Field][];
}

// biome-ignore lint/suspicious/noExplicitAny: a parsed document of any shape
type Parsed = any;
const listed = [
  'element',
  'complexType',
  'simpleType',
  'enumeration',
  'operation',
  'message',
  'binding',
  'port',
];
const read = (file: string): Parsed =>
  new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    removeNSPrefix: true,
    isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && listed.includes(name),
  }).parse(readFileSync(new URL(`../../../../schemas/${file}`, import.meta.url), 'utf8'));

const { schema } = read('hub.xsd');
const named = (kind: 'element' | 'complexType' | 'simpleType', name: string): Parsed =>
  schema[kind].find((one: Parsed) => one.name === name);

/** Words that only the hub says are text in the XSD, and listed in its documentation. */
const openWords = [
  'AttachmentState',
  'ClockEffect',
  'ClockPhase',
  'ClockStep',
  'ClockUnit',
  'EventType',
  'RefusalCode',
  'StopGround',
];

function fromXsd(type: string): Fields | Simple {
  const complex = named('complexType', type);
  if (complex)
    return {
      fields: (complex.sequence.element ?? []).map((one: Parsed): [string, Field] => [
        one.name,
        {
          required: one.minOccurs !== '0',
          ...(one.maxOccurs && { most: one.maxOccurs }),
          type: fromXsd(one.type),
        },
      ]),
    };
  if (type.startsWith('xs:')) return { base: type };
  const simple = named('simpleType', type);
  if (openWords.includes(type)) {
    expect(simple.restriction).toEqual({ base: 'xs:string' });
    return { base: 'xs:string', enum: simple.annotation.documentation.split(', ') };
  }
  const { base, enumeration, ...facets } = simple.restriction;
  return {
    base,
    ...Object.fromEntries(Object.entries(facets).map(([name, facet]) => [name, (facet as Parsed).value])),
    ...(enumeration && { enum: enumeration.map((one: Parsed) => one.value) }),
  };
}

const bases: Record<string, string> = {
  integer: 'xs:long',
  number: 'xs:double',
  boolean: 'xs:boolean',
  string: 'xs:string',
};
const formats: Record<string, string> = { 'date-time': 'xs:dateTime', uri: 'xs:anyURI' };

function fromJsonSchema(json: Parsed): Fields | Simple {
  if (json.properties)
    return {
      fields: Object.entries<Parsed>(json.properties).map(([name, one]): [string, Field] => [
        name,
        {
          // In XML an empty list is no element at all.
          required: (json.required?.includes(name) ?? false) && (!one.items || one.minItems > 0),
          ...(one.items && { most: String(one.maxItems ?? 'unbounded') }),
          type: fromJsonSchema(one.items ?? one),
        },
      ]),
    };
  const text = (value: unknown) => value !== undefined && String(value);
  const facets = {
    minLength: text(json.minLength),
    maxLength: text(json.maxLength),
    minInclusive: text(json.minimum),
    maxInclusive: text(json.maximum),
    // A pattern of XSD means the whole text always.
    pattern: json.pattern?.replace(/^\^|\$$/g, ''),
    enum: json.enum,
  };
  return {
    base: json.contentEncoding === 'base64' ? 'xs:base64Binary' : (formats[json.format] ?? bases[json.type]!),
    ...Object.fromEntries(Object.entries(facets).filter(([, value]) => value)),
  };
}

describe('hub.xsd says the same as the JSON schemas', () => {
  it.each(Object.keys(operations))('%s', (name) => {
    const { request, response } = operations[name]!;
    const both: [string, TSchema][] = [
      [name, request],
      [`${name}Response`, response],
    ];
    for (const [element, json] of both)
      expect(fromXsd(named('element', element).type)).toEqual(fromJsonSchema(json));
  });

  it('the detail of a fault', () => {
    expect(fromXsd('Refusal')).toEqual(fromJsonSchema(RefusalDetail));
  });
});
