import { encode, findUnencodable } from '../kit/text/charset.ts';

/**
 * The characters that a document of this charset may have. In `euc-kr`, what KS X 1001 lacks is written as a numeric
 * character reference (XML 1.0, 4.1), so only half a surrogate pair does not fit. The other charsets are for boards that
 * cannot store more than their own characters.
 */
export const fittingCharset = (charset: string): string => (charset === 'euc-kr' ? 'utf-8' : charset);

/**
 * Encodes an XML document. Readers such as libxml2 take EUC-KR at its word and refuse the bytes that CP949 added
 * (KS X 1001 has 2,350 of the 11,172 syllables). So in `euc-kr` the others become references, which every reader
 * understands. Throws {@link UnencodableError} if a name has such a character, or a text does not fit another charset.
 */
export function encodeXml(xml: string, charset: string): Buffer {
  if (charset !== 'euc-kr') return encode(xml, charset);
  const strict = 'ks_x_1001';
  const written = findUnencodable(xml, strict).length === 0 ? xml : xml.replace(pieces, refer);
  return encode(written, strict);
}

/** CDATA sections, tags (whose values may hold `>`), and texts. */
const pieces = /<!\[CDATA\[[\s\S]*?\]\]>|<(?:[^<>"']|"[^"]*"|'[^']*')*>|[^<]+/g;

/** References stand in texts and values. In a CDATA section they would be plain text, so it is interrupted. */
function refer(piece: string): string {
  if (piece.startsWith('<![CDATA[')) return toReferences(piece, (reference) => `]]>${reference}<![CDATA[`);
  if (piece.startsWith('<')) return piece.replace(/"[^"]*"|'[^']*'/g, (value) => toReferences(value));
  return toReferences(piece);
}

const toReferences = (text: string, around = (reference: string) => reference): string =>
  Array.from(text, (character) =>
    character > '\u007f' && findUnencodable(character, 'ks_x_1001').length > 0
      ? around(`&#${character.codePointAt(0)};`)
      : character,
  ).join('');
