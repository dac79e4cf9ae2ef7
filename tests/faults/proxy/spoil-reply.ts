import iconv from 'iconv-lite';
import type { BreakKind } from './protocol.ts';

/** A complete reply of a board. */
export interface BoardReply {
  status: number;
  headers: Record<string, string>;
  bytes: Buffer;
}

const isXml = (reply: BoardReply) => /xml/.test(reply.headers['content-type'] ?? '');
const withBytes = (reply: BoardReply, bytes: Buffer): BoardReply => ({ ...reply, bytes });

/** The reply to a call that never reaches the board. `soap`: in the form of a SOAP board. */
export function replyInstead(
  kind: 'error-500' | 'busy-429' | 'error-in-200',
  soapOperation: string | undefined,
): BoardReply {
  const html = { 'content-type': 'text/html; charset=utf-8' };
  if (kind === 'error-500') return { status: 500, headers: html, bytes: Buffer.from('<h1>시스템 오류</h1>') };
  if (kind === 'busy-429')
    return {
      status: 429,
      headers: { 'content-type': 'text/plain', 'retry-after': '2' },
      bytes: Buffer.from('busy'),
    };
  if (soapOperation === undefined) {
    const bytes = Buffer.from('{"result":"ERR","code":"E_DB","msg":"저장하지 못했습니다"}');
    return { status: 200, headers: { 'content-type': 'application/json; charset=utf-8' }, bytes };
  }
  const reply = `<ns2:${soapOperation}Response xmlns:ns2="http://ws.minwon.techno.example/"><resultCode>E999</resultCode><resultMsg>처리할 수 없습니다</resultMsg></ns2:${soapOperation}Response>`;
  const envelope = `<?xml version="1.0" encoding="EUC-KR"?>\n<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${reply}</soapenv:Body></soapenv:Envelope>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/xml; charset=euc-kr' },
    bytes: iconv.encode(envelope, 'cp949'),
  };
}

/** Applies the fault to the reply of a board that did its work. */
export function spoilReply(kind: BreakKind, reply: BoardReply): BoardReply {
  switch (kind) {
    case 'error-500-after':
      return { ...replyInstead('error-500', undefined) };
    case 'malformed':
      return withBytes(reply, reply.bytes.subarray(0, Math.floor(reply.bytes.length * 0.6)));
    case 'wrong-encoding':
      return withBytes(reply, inOtherCharset(reply));
    case 'cut-syllable':
      return withBytes(reply, cutSyllables(reply.bytes));
    case 'duplicate-ids':
      return changeList(reply, (posts) => posts.flatMap((post) => [post, post]));
    case 'reordered':
      return changeList(reply, (posts) => posts.toReversed());
    default:
      return reply;
  }
}

/** The label stays unchanged: it says EUC-KR for UTF-8 bytes, or the other way round. */
function inOtherCharset(reply: BoardReply): Buffer {
  return isXml(reply)
    ? Buffer.from(iconv.decode(reply.bytes, 'cp949'))
    : iconv.encode(reply.bytes.toString('utf8'), 'cp949');
}

/** Imitates a column that was cut inside a syllable. The first byte stays, and the tag follows directly. */
function cutSyllables(bytes: Buffer): Buffer {
  return Buffer.from(bytes.filter((_, at) => !(bytes[at + 1] === 0x3c && (bytes[at] ?? 0) >= 0x80)));
}

/** Changes the posts of a list of either sample board. Other replies stay unchanged. */
function changeList(reply: BoardReply, change: <T>(posts: T[]) => T[]): BoardReply {
  if (isXml(reply)) {
    const text = reply.bytes.toString('latin1');
    const posts = text.match(/<cvplList>.*?<\/cvplList>/gs);
    if (!posts) return reply;
    const [before = '', after = ''] = text.split(posts.join(''));
    return withBytes(reply, Buffer.from(before + change(posts).join('') + after, 'latin1'));
  }
  const body = JSON.parse(reply.bytes.toString('utf8')) as { list?: unknown[] };
  if (!body.list) return reply;
  return withBytes(reply, Buffer.from(JSON.stringify({ ...body, list: change(body.list) })));
}
