import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { toAgencySchema } from '../../../../hub/configuration/form/agency-schema.ts';
import { type FormField, listFields } from '../../../../hub/configuration/form/form-field.ts';
import type { Schema } from '../../../../hub/configuration/form/form-schema.ts';
import { fromForm } from '../../../../hub/configuration/form/from-form.ts';
import { toForm } from '../../../../hub/configuration/form/to-form.ts';

const root = new URL('../../../../', import.meta.url);
const files = [
  ...readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (file) =>
      /(agency|agencies\/[a-z-]+|products\/[a-z]+)\.yaml$/.test(file) && !file.includes('node_modules'),
  ),
];
const sources = files.map((file) => readFileSync(new URL(file, root), 'utf8'));

/** What a browser sends of a form that nobody touched. */
const untouched = (form: FormField) =>
  new Map(
    listFields(form)
      .filter(({ fields, kind }) => fields.length === 0 && !['group', 'list', 'map', 'absent'].includes(kind))
      .map(({ pointer, kind, text, values }) => [
        pointer,
        kind === 'set' ? ['', ...values] : [text.replaceAll('\n', '\r\n')],
      ]),
  );
const formOf = (source: string) => toForm(toAgencySchema(parse(source)), parse(source));
const change = (source: string, typed: Record<string, string | string[]>, request = '') =>
  fromForm(
    toAgencySchema(parse(source)),
    source,
    new Map([
      ...untouched(formOf(source)),
      ...Object.entries(typed).map(([name, text]) => [name, [text].flat()] as const),
    ]),
    request,
  );

test('there are configurations to try', () => {
  expect(sources.length).toBeGreaterThan(8);
});

test('a form that nobody touched leaves every text byte for byte', () => {
  for (const [n, source] of sources.entries()) expect(change(source, {}), files[n]).toBe(source);
});

test('a changed field changes its value and nothing else of the text', () => {
  for (const [n, source] of sources.entries()) {
    const fields = listFields(formOf(source)).filter(({ kind, present }) => kind === 'text' && present);
    for (const { pointer } of fields.filter((_, at) => at % 5 === n % 5)) {
      const changed = change(source, { [pointer]: 'another-value' });
      const steps = pointer
        .split('/')
        .slice(1)
        .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
      const found = steps.reduce((at, step) => at[step], parse(changed));
      expect(found, `${files[n]} ${pointer}`).toBe('another-value');
      expect(countLost(source.split('\n'), changed.split('\n')), `${files[n]} ${pointer}`).toBe(1);
    }
  }
}, 120_000);

/** How many lines of the first text are not in the second, when all that differs stands together. */
function countLost(before: string[], after: string[]): number {
  const head = before.findIndex((line, n) => line !== after[n]);
  const tail = before.toReversed().findIndex((line, n) => line !== after.at(-1 - n));
  return before.length - head - tail;
}

const sample = `# centre
code: centre
name: { ko: 센터 }
officers: # who is told
  - { name: 담당자, notifyBy: email } # the first
  - name: 김
doors:
  networks:
    - 10.0.0.0/8 # the office
    - 192.168.0.0/16
board:
  adapter: rest
  settings:
    endpoint: https://board.example/api
    auth: { kind: basic, user: hub, password: env:BOARD_PASSWORD }
    codes:
      status: { 접수: received }
    normalise: |
      { "title": t }
  rate: { calls: 5, per: second }
`;

test('what a person types is written with its type, and an empty field is taken out', () => {
  expect(change(sample, { '/board/pollEvery': '60' })).toBe(
    sample.replace('per: second }', 'per: second }\n  pollEvery: 60'),
  );
  expect(change(sample, { '/board/pollEvery': 'soon' })).toContain('pollEvery: soon');
  expect(change(sample, { '/feed': 'true' })).toBe(`${sample}feed: true\n`);
  expect(change(sample, { '/phone': '02' })).toBe(`${sample}phone: "02"\n`);
  expect(change(sample, { '/officers/0/notifyBy': '' })).toBe(sample.replace(', notifyBy: email', ''));
  expect(change(sample, { '/board/rate/calls': '', '/board/rate/per': '' })).toBe(
    sample.replace('  rate: { calls: 5, per: second }\n', ''),
  );
  expect(change(sample, { '/board/breaker/failures': '3' })).toContain('breaker:\n    failures: 3');
  expect(change(sample, { '/doors/networks': '10.0.0.0/8\n172.16.0.0/12' })).toBe(
    sample.replace('192.168.0.0/16', '172.16.0.0/12'),
  );
  expect(change(sample, { '/doors/networks': '10.0.0.0/8' })).toBe(
    sample.replace('    - 192.168.0.0/16\n', ''),
  );
  expect(change(sample, { '/officerNoticesOff': ['', 'overdue', 'new-complaint'] })).toBe(
    `${sample}officerNoticesOff:\n  - overdue\n  - new-complaint\n`,
  );
  expect(change(sample, { '/board/settings/normalise': '{ "title": t,\r\n  "body": b }' })).toBe(
    sample.replace('{ "title": t }', '{ "title": t,\n        "body": b }'),
  );
});

test('items and entries are added, moved and removed, and another form of a value keeps what it has', () => {
  expect(parse(change(sample, {}, 'add /officers')).officers).toHaveLength(3);
  expect(change(sample, {}, 'remove /officers/1')).toBe(sample.replace('  - name: 김\n', ''));
  expect(parse(change(sample, {}, 'up /officers/1')).officers[0].name).toBe('김');
  expect(change(change(sample, {}, 'up /officers/1'), {}, 'down /officers/0')).toBe(sample);
  expect(parse(change(sample, {}, 'add /board/settings/pull')).board.settings.pull).toEqual({});
  expect(parse(change(sample, {}, 'add /webhooks')).webhooks).toEqual([{}]);
  expect(
    change(sample, { '+/board/settings/codes/status': '완료', '=/board/settings/codes/status': 'answered' }),
  ).toBe(sample.replace('접수: received', '접수: received, 완료: answered'));
  expect(parse(change(sample, { '~/board/settings/auth': '3' })).board.settings.auth).toEqual({
    kind: 'bearer',
  });
  expect(parse(change(sample, { '~/board/settings/auth': '0' })).board.settings.auth).toEqual({
    kind: 'none',
  });
  expect(change(sample, { '~/board/settings/auth': '1' })).toBe(sample);
  // A field and a button at once: both count.
  expect(parse(change(sample, { '/officers/1/name': '이' }, 'up /officers/1')).officers[0].name).toBe('이');
});

test('the form of any value of a schema says that value again', () => {
  const schema: Schema = {
    type: 'object',
    required: ['a', 'kind'],
    properties: {
      a: { type: 'string' },
      n: { anyOf: [{ type: 'integer' }, { type: 'string' }] },
      on: { type: 'boolean' },
      kind: { enum: ['one', 'two'] },
      list: {
        type: 'array',
        items: { type: 'object', properties: { x: { type: 'number' }, 'y/~': { type: 'string' } } },
      },
      map: { type: 'object', additionalProperties: { $ref: '#/properties/list' } },
      choice: {
        oneOf: [
          { type: 'string', maxLength: 5000 },
          { type: 'object', properties: { deep: { $ref: '#' } } },
        ],
      },
    },
    if: { properties: { kind: { const: 'two' } }, required: ['kind'] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: { properties: { second: { type: 'string' } } },
  };
  const text = fc.string({ unit: 'grapheme', maxLength: 12 });
  const value = fc.record(
    {
      a: text,
      n: fc.oneof(fc.integer(), text),
      on: fc.boolean(),
      kind: fc.constantFrom('one', 'two'),
      second: text,
      list: fc.array(fc.record({ x: fc.double({ noNaN: true, noDefaultInfinity: true }), 'y/~': text })),
      map: fc.dictionary(text, fc.array(fc.record({ x: fc.integer() }))),
      choice: fc.oneof(text, fc.record({ deep: fc.record({ a: text }) })),
      other: fc.jsonValue(),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(value, (given) => {
      const source = stringify(given);
      const form = toForm(schema, parse(source));
      expect(fromForm(schema, source, untouched(form))).toBe(source);
    }),
    { numRuns: 300 },
  );
});

test('a schema with 200 fields is a form of 200, and one of them is changed alone', () => {
  const names = Array.from({ length: 200 }, (_, n) => `field${n}`);
  const schema: Schema = {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    additionalProperties: false,
  };
  const source = names.map((name) => `${name}: 값 # ${name}\n`).join('');
  const form = toForm(schema, parse(source));
  expect(form.fields.map(({ name }) => name)).toEqual(names);
  const typed = new Map([...untouched(form), ['/field150', ['새 값']] as const]);
  expect(fromForm(schema, source, typed)).toBe(source.replace('field150: 값', 'field150: 새 값'));
});
