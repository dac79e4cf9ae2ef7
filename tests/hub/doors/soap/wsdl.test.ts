import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { toSoap12 } from '../../../../hub/doors/soap/description.ts';
import { operations } from '../../../../hub/doors/soap/operations.ts';
import { hubNamespace } from '../../../../hub/doors/soap/values.ts';

// biome-ignore lint/suspicious/noExplicitAny: a parsed document of any shape
type Parsed = any;
const listed = ['message', 'part', 'operation', 'fault', 'import', 'binding', 'port', 'element'];
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name, _path, _isLeaf, isAttribute) =>
    !isAttribute && listed.includes(name.replace(/^wsdl:|^xs:/, '')) && /^(wsdl|xs):/.test(name),
});
const text = (file: string) => readFileSync(new URL(`../../../../schemas/${file}`, import.meta.url), 'utf8');
const wsdl = text('hub.wsdl');
const xsd = text('hub.xsd');
const definitions = parser.parse(wsdl)['wsdl:definitions'];
const schema = parser.parse(xsd)['xs:schema'];
const messages = new Map<string, Parsed>(definitions['wsdl:message'].map((one: Parsed) => [one.name, one]));
const elements = new Map<string, Parsed>(schema['xs:element'].map((one: Parsed) => [one.name, one]));
const [binding] = definitions['wsdl:binding'];
const local = (name: string) => name.replace('tns:', '');

/** Rules of the WS-I Basic Profile 1.1 (2006-04-10), by their numbers. */
describe('hub.wsdl keeps the WS-I Basic Profile 1.1', () => {
  it('one binding of SOAP 1.1 over HTTP, document style, and nothing but SOAP (R2401, R2702, R2705)', () => {
    expect(definitions['wsdl:binding']).toHaveLength(1);
    expect(definitions['xmlns:soap']).toBe('http://schemas.xmlsoap.org/wsdl/soap/');
    expect(binding['soap:binding']).toEqual({
      style: 'document',
      transport: 'http://schemas.xmlsoap.org/soap/http',
    });
    for (const one of binding['wsdl:operation']) expect(one['soap:operation'].style).toBe('document');
  });

  it('the binding has the operations of the port type, each once (R2718, R2304)', () => {
    const names = Object.keys(operations);
    const namesOf = (of: Parsed) => of['wsdl:operation'].map((one: Parsed) => one.name);
    expect(namesOf(definitions['wsdl:portType'])).toEqual(names);
    expect(namesOf(binding)).toEqual(names);
    expect(new Set(names).size).toBe(names.length);
  });

  it('bodies and faults are literal, without encoding, parts, headers or namespaces (R2706, R2716, R2717)', () => {
    for (const one of binding['wsdl:operation']) {
      expect(one['wsdl:input']).toEqual({ 'soap:body': { use: 'literal' } });
      expect(one['wsdl:output']).toEqual({ 'soap:body': { use: 'literal' } });
      expect(one['wsdl:fault']).toEqual([
        { name: 'refusal', 'soap:fault': { name: 'refusal', use: 'literal' } },
      ]);
    }
  });

  it('every operation has a soapAction of its own, quoted as it is (R2744, R2745)', () => {
    const actions = binding['wsdl:operation'].map((one: Parsed) => one['soap:operation'].soapAction);
    expect(actions).toEqual(Object.keys(operations).map((name) => `${hubNamespace}:${name}`));
  });

  it('every message has one part, which names an element (R2204, R2201, R2712)', () => {
    for (const { 'wsdl:part': parts } of messages.values()) {
      expect(parts).toHaveLength(1);
      expect(parts[0].type).toBeUndefined();
      expect(elements.has(local(parts[0].element))).toBe(true);
    }
  });

  it('wrapped: the part is called parameters, the element like the operation, the reply with Response', () => {
    for (const one of definitions['wsdl:portType']['wsdl:operation']) {
      const partOf = (direction: Parsed) => messages.get(local(direction.message))['wsdl:part'][0];
      expect(partOf(one['wsdl:input'])).toEqual({ name: 'parameters', element: `tns:${one.name}` });
      expect(partOf(one['wsdl:output'])).toEqual({ name: 'parameters', element: `tns:${one.name}Response` });
      expect(one['wsdl:fault']).toEqual([{ name: 'refusal', message: 'tns:Refusal' }]);
    }
  });

  it('the schema is imported from where it can be found, in its own namespace (R2001, R2005, R2105, R2106)', () => {
    expect(definitions['wsdl:import']).toBeUndefined();
    expect(definitions['wsdl:types']).toEqual({
      'xs:schema': { 'xs:import': [{ namespace: hubNamespace, schemaLocation: 'hub.xsd' }] },
    });
    expect(definitions.targetNamespace).toBe(hubNamespace);
    expect(schema.targetNamespace).toBe(hubNamespace);
  });

  it('both files are UTF-8 and say so, without a DTD (R4003)', () => {
    for (const file of [wsdl, xsd]) {
      expect(file).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>/);
      expect(file).not.toMatch(/<!DOCTYPE|<!ENTITY/);
    }
  });
});

describe('hub.xsd has nothing over which generators stumble', () => {
  it('no choice, any, attribute, list, union, group, extension, default, nillable, import or array of SOAP', () => {
    expect(xsd).not.toMatch(
      /<xs:(choice|all|any|anyAttribute|attribute|attributeGroup|group|list|union|extension|import|include|redefine)\b/,
    );
    expect(xsd).not.toMatch(
      /\b(nillable|default|fixed|form|ref|abstract|substitutionGroup)=|arrayType|encoding\//,
    );
    expect(schema.elementFormDefault).toBe('qualified');
  });

  it('every type has a name, and no two names differ only in the case of letters', () => {
    const [open, ...rest] = xsd.split(/<xs:(?=complexType|simpleType)/).map((part) => part.split('>')[0]);
    expect(open).toBeDefined();
    for (const tag of rest) expect(tag).toMatch(/^(complexType|simpleType) name="[A-Z][A-Za-z0-9]*"$/);
    const names = rest.map((tag) => /"(.*)"/.exec(tag!)![1]!.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });

  it('a reply holds one element at the most, so that generators make it what the method returns', () => {
    for (const [name, { request, response }] of Object.entries(operations)) {
      expect(Object.keys((response as Parsed).properties), name).toHaveLength(1);
      expect(Object.keys((request as Parsed).properties).length, name).toBeLessThanOrEqual(5);
    }
  });
});

it('the description of SOAP 1.2 differs in the binding alone', () => {
  const [one, two] = [wsdl, toSoap12(wsdl)].map((description) => description.split('\n'));
  const different = two!.filter((line, index) => line !== one![index]);
  expect(different.map((line) => line.trim())).toEqual([
    'xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap12/">',
    '<wsdl:binding name="HubSoap12" type="tns:Hub">',
    '<wsdl:port name="HubSoap12" binding="tns:HubSoap12">',
  ]);
});
