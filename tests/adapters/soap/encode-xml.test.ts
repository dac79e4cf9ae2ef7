import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { encodeXml } from '../../../adapters/soap/encode-xml.ts';

/** The bytes as a reader takes them that knows KS X 1001 and references. */
const read = (xml: string) => iconv.decode(encodeXml(xml, 'euc-kr'), 'cp949');

test.each([
  ['<a>뷁 똠 가</a>', '<a>&#48577; &#46624; 가</a>'],
  ['<a>😀</a>', '<a>&#128512;</a>'],
  ['<a b="뷁>" c=\'펲\'/>', '<a b="&#48577;>" c=\'&#54194;\'/>'],
  ['<a><![CDATA[<뷁>]]></a>', '<a><![CDATA[<]]>&#48577;<![CDATA[>]]></a>'],
  ['<민원>가</민원>', '<민원>가</민원>'],
  ['<a>1 &lt; 2 – 3</a>', '<a>1 &lt; 2 &#8211; 3</a>'],
])('%s is written as %s', (xml, written) => {
  expect(read(xml)).toBe(written);
});

test('a name cannot be written by reference, and half a pair not at all', () => {
  expect(() => encodeXml('<뷁>a</뷁>', 'euc-kr')).toThrow('뷁');
  expect(() => encodeXml('<a>뷁</a>', 'ks_x_1001')).toThrow('뷁');
  expect(() => encodeXml('<a>😀</a>', 'cp949')).toThrow('😀');
});
