import { Readable } from 'node:stream';
import { strToU8, zipSync } from 'fflate';
import { pino } from 'pino';
import { expect, it, test } from 'vitest';
import { toInside } from '../../../../hub/attachments/reading/inside.ts';
import { createReadInside, type ReadingLimits } from '../../../../hub/attachments/reading/read-inside.ts';
import { fileKinds, makePdf } from './make-files.ts';

const log = pino({ level: 'silent' });
/** Generous: the machine of a test may be slow. */
const limits: ReadingLimits = { longest: 60_000, memory: 1_000, atOnce: 2 };
const look = (bytes: Uint8Array, mediaType: string, changed: Partial<ReadingLimits> = {}) =>
  createReadInside(log, { ...limits, ...changed })(Readable.from([Buffer.from(bytes)]), mediaType);
const typeOf = (name: string) => fileKinds.find((kind) => kind.name === name)?.mediaType ?? '';
const docx = (document: Uint8Array) => zipSync({ 'word/document.xml': document });

// Of nobody: no office has the digits 0000.
const line = '주민번호 000101-4000016';

test.each(fileKinds)(
  'the process that reads finds a number in $name',
  async ({ mediaType, make }) => {
    expect(await look(await make([line]), mediaType)).toEqual({ numbers: { rrn: 1 }, unread: null });
  },
  120_000,
);

const bomb = () => docx(new Uint8Array(300 * 1024 * 1024));
const many = () =>
  zipSync(Object.fromEntries(Array.from({ length: 6000 }, (_, n) => [`word/${n}.xml`, strToU8('<a/>')])));
const laughs = `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(100)}"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>`;
const outside = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>';

test.each([
  ['a bomb', bomb, 'too_large'],
  ['too many entries', many, 'too_large'],
  ['an archive that was cut', () => docx(strToU8(`<a>${line}</a>`)).slice(0, -30), 'broken'],
  ['no archive at all', () => strToU8('PK nothing'), 'broken'],
  ['markup that ends in the middle', () => docx(strToU8(`<a>${line}`)), 'broken'],
  ['entities of entities', () => docx(strToU8(laughs)), 'broken'],
  ['a file of this machine as an entity', () => docx(strToU8(outside)), 'broken'],
])(
  '%s is told as not read',
  async (_, make, unread) => {
    expect(await look(make(), typeOf('docx'))).toEqual({ numbers: {}, unread });
  },
  120_000,
);

it('what takes too long is ended, and one that needs too much memory ends itself', async () => {
  const file = await makePdf([line]);
  expect(await look(file, typeOf('pdf'), { longest: 1 })).toEqual({ numbers: {}, unread: 'too_long' });
  expect(await look(file, typeOf('pdf'), { memory: 60 })).toEqual({ numbers: {}, unread: 'broken' });
}, 120_000);

it('pictures, scans and broken documents are looked at by nobody, and a part of an archive too', async () => {
  expect(await look(Buffer.from('x'), 'image/png')).toEqual({ numbers: {}, unread: 'no_reader' });
  expect(await look(await makePdf([]), typeOf('pdf'))).toEqual({ numbers: {}, unread: 'no_text' });
  expect(await look(Buffer.from('%PDF-1.7\nnothing'), typeOf('pdf'))).toEqual({
    numbers: {},
    unread: 'broken',
  });
  const mixed = zipSync({ 'a.docx': docx(strToU8(`<a>${line}</a>`)), 'b.jpg': strToU8('x') });
  expect(await look(mixed, typeOf('zip'))).toEqual({ numbers: { rrn: 1 }, unread: 'partly' });
}, 120_000);

it('a source that fails is no fault of the file', async () => {
  const source = Readable.from(
    (async function* () {
      yield Buffer.from('a');
      throw new Error('the store is away');
    })(),
  );
  await expect(createReadInside(log, limits)(source, 'text/plain')).rejects.toThrow('the store is away');
});

it('a reader that says something else is not believed', () => {
  for (const said of [
    '',
    'null',
    '{}',
    '{"numbers":{"rrn":1}}',
    '{"numbers":{"toString":1},"unread":null}',
    '{"numbers":{"rrn":"1"},"unread":null}',
  ])
    expect(toInside(said)).toBeUndefined();
  expect(toInside('{"numbers":{"card":2},"unread":"partly"}')).toEqual({
    numbers: { card: 2 },
    unread: 'partly',
  });
});
