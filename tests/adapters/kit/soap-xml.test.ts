import { expect, test } from 'vitest';
import { compileMapping } from '../../../adapters/kit/mapping.ts';
import { normalise } from '../../../adapters/kit/normalise.ts';
import { parseXml } from '../../../adapters/kit/soap-xml.ts';

const read = (body: string) => parseXml(`<a><b>${body}</b></a>`).a;

test.each([
  ['가 <![CDATA[나 ]]]]><![CDATA[> 다]]> 끝', '가 나 ]]> 다 끝'],
  ['<![CDATA[&amp; <b>]]>', '&amp; <b>'],
  ['  둘레의 빈칸  ', '둘레의 빈칸'],
  ['앞 <!-- 말 없음 --> 뒤', '앞  뒤'],
  ['&#55357;&#56832;', '😀'],
  ['&#xD83D;&#xDE00; &#x1F600;', '😀 😀'],
  ['&amp;lt; &lt; &quot;&apos;&gt;', '&lt; < "\'>'],
])('%s is read as it was meant', (body, text) => {
  expect(read(body)).toEqual({ b: text });
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
    expect(result).toMatchObject({
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
