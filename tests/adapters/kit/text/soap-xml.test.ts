import { expect, test } from 'vitest';
import { compileMapping } from '../../../../adapters/kit/mapping/mapping.ts';
import { normalise } from '../../../../adapters/kit/mapping/normalise.ts';
import { parseXml, XmlError, XmlTooLargeError } from '../../../../adapters/kit/text/soap-xml.ts';
import { wordReason } from '../../../../schemas/reason.ts';
import { inWords } from '../../../support/in-words.ts';

const read = (body: string) => parseXml(`<a><b>${body}</b></a>`).a;

function errorOf(work: () => unknown): XmlTooLargeError {
  try {
    work();
  } catch (error) {
    if (error instanceof XmlTooLargeError) return error;
    throw error;
  }
  throw new Error('was read');
}

test.each([
  ['가 <![CDATA[나 ]]]]><![CDATA[> 다]]> 끝', '가 나 ]]> 다 끝'],
  ['<![CDATA[&amp; <b>]]>', '&amp; <b>'],
  ['  둘레의 빈칸  ', '둘레의 빈칸'],
  ['앞 <!-- 말 없음 --> 뒤', '앞  뒤'],
  ['&#55357;&#56832;', '😀'],
  ['&#xD83D;&#xDE00; &#x1F600;', '😀 😀'],
  ['&#0000000051060;', '이'],
  ['<a:c xsi:nil="true" d="1<2 & 3"/>끝<![CDATA[ &#51060; ]]>', { c: '', '#text': '끝 &#51060;' }],
  ['&amp;lt; &lt; &quot;&apos;&gt;', '&lt; < "\'>'],
])('%s is read as it was meant', (body, content) => {
  expect(read(body)).toEqual({ b: content });
});

test('elements with the names of what objects have are elements like any', () => {
  const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'prototype', 'valueOf', '_own'];
  const node = parseXml(`<a>${names.map((name) => `<${name}>${name}</${name}><c/>`).join('\n')}</a>`)
    .a as object;
  expect(Object.entries(node).filter(([name]) => name !== 'c')).toEqual(names.map((name) => [name, name]));
  expect(Object.getPrototypeOf(node)).toBe(Object.prototype);
});

test('lists are lists, and blanks between elements are no text', () => {
  expect(parseXml('<a>\n <l>1</l>\n</a>', ['l'])).toEqual({ a: { l: ['1'] } });
  expect(parseXml('<a>\n <l/>\n</a>', ['l'])).toEqual({ a: { l: [] } });
});

test.each(['&nbsp;', '&middot;', '&constructor;'])(
  'the entity %s, which XML has not, parks its own post and is named',
  async (entity) => {
    const post = { ...(read(`가${entity}나`) as object), filedAt: '2026-11-20T09:00:00+09:00' };
    const mapping = compileMapping(
      '{ "content": { "title": b, "body": b, "kind": "query", "complainant": { "name": "홍길동" }, "filedAt": filedAt } }',
    );
    const result = await normalise(mapping, post);
    const message = `contains the entity ${entity}, which XML has not; send the character itself`;
    expect(inWords(result)).toMatchObject({
      ok: false,
      problems: [{ pointer: '/content/title', message }, { message }],
    });
  },
);

test('half a surrogate pair and numbers beyond Unicode are told as damaged', async () => {
  for (const reference of ['&#55357;', '&#x110000;', '&#0;']) {
    const result = await normalise(compileMapping('{ "receiptNumber": b }'), read(reference));
    expect(result).toMatchObject({ ok: false, problems: [{ pointer: '/receiptNumber' }] });
  }
});

test.each([
  ['a bare &', '<a>R&D</a>'],
  ['an & without a name', '<a>&;</a>'],
  ['an open element', '<a><b></a>'],
  ['a second root', '<a/><a/>'],
  ['two attributes of a name', '<a b="1" b="2"/>'],
  ['a DTD after the root', '<a/><!DOCTYPE a>'],
])('%s is refused', (_what, xml) => {
  expect(() => parseXml(xml)).toThrow(XmlError);
});

test('a control character spoils its own text only', async () => {
  const { b, c } = read('가</b><c>\u0001]]>\uffff</c><b>나') as Record<string, unknown>;
  expect({ b, c }).toEqual({ b: ['가', '나'], c: '\u0001]]>\uffff' });
  // It stands for & within the reader.
  expect(read('\ufdd0#65;')).toEqual({ b: '\ufffd#65;' });
});

test.each([
  ['200000 XML elements', '<c/>'.repeat(200_000)],
  ['100 XML levels', '<c>'.repeat(100) + '</c>'.repeat(100)],
  ['100000 XML attributes', '<c d="1" e="1"/>'.repeat(50_001)],
  ['500000 XML references', '&#51060;'.repeat(500_001)],
  ['1000 XML disallowed characters', '\u0001'.repeat(1_001)],
])('more than %s are refused by name, in Korean too', (words, body) => {
  const error = errorOf(() => read(body));
  expect(error.message).toBe(`the reply holds more than ${words}`);
  expect(wordReason(error.reason, 'ko')).toMatch(/한 번에 적게/);
});

test('as much as is read of a reply is read whole', () => {
  expect(read('&#55357;&#56832;'.repeat(240_000))).toEqual({ b: '😀'.repeat(240_000) });
  const rows = '<c><d>1</d></c>'.repeat(99_000);
  expect((parseXml(`<a>${rows}</a>`).a as { c: unknown[] }).c).toHaveLength(99_000);
});
