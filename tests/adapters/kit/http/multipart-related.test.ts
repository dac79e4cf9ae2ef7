import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import {
  isRelated,
  RelatedError,
  type RelatedLimits,
  readRelated,
} from '../../../../adapters/kit/http/multipart-related.ts';
import { readCid, toXopMessage } from '../../../../adapters/kit/http/xop.ts';

const type = 'multipart/related; type="application/xop+xml"; boundary="=_b 1"; start="<root@x>"';
const part = (headers: string[], content: string) =>
  `--=_b 1\r\n${headers.map((one) => `${one}\r\n`).join('')}\r\n${content}\r\n`;
const root = part(['Content-Type: application/xop+xml', 'Content-ID: <root@x>'], '<Envelope/>');
const file = (id: string, content: string, ...more: string[]) =>
  part([`Content-ID: <${id}>`, 'Content-Type: application/pdf', ...more], content);
const end = '--=_b 1--\r\n';

/** In pieces of so many bytes, to meet boundaries that are cut anywhere. */
async function* pieces(text: string, size: number) {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; at += size) {
    yield bytes.subarray(at, at + size);
    // As from a line: the reader has what came before more comes.
    await setImmediate();
  }
}

async function read(
  text: string,
  {
    size = 7,
    contentType = type,
    ...limits
  }: Partial<RelatedLimits> & { size?: number; contentType?: string } = {},
) {
  const message = await readRelated(pieces(text, size), contentType, {
    rootBytes: 1000,
    parts: 5,
    ...limits,
  });
  const parts: [string, string][] = [];
  for await (const { id, content } of message.parts) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of content) chunks.push(chunk);
    parts.push([id, Buffer.concat(chunks).toString('latin1')]);
  }
  return { root: message.root.bytes.toString(), parts };
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'read',
    (error) => (error instanceof RelatedError ? error.reason.code : String(error)),
  );

describe('multipart/related', () => {
  it.each([1, 2, 3, 7, 64, 100_000])('is read whatever its pieces are (%i bytes)', async (size) => {
    const content = '\r\n--=_b 2\r\n--=_b\r\n\u00ff\u0000--';
    const text = `preamble\r\n${root}${file('a@x', content)}${file('b@x', '')}${end}epilogue`;
    expect(await read(text, { size })).toEqual({
      root: '<Envelope/>',
      parts: [
        ['a@x', content],
        ['b@x', ''],
      ],
    });
  });

  it('begins with a line break, names no start, writes its headers in other letters', async () => {
    const text = `\r\n--b\r\nCONTENT-id:<r>\r\n\r\n<a/>\r\n--b\r\ncontent-ID: <f>\r\n\r\nxyz\r\n--b--`;
    const found = await read(text, { contentType: 'Multipart/Related;boundary=b' });
    expect(found).toEqual({ root: '<a/>', parts: [['f', 'xyz']] });
  });

  it('may hold files in base64 (RFC 2045)', async () => {
    const text = root + file('a@x', 'JVBE\r\nRi0x\r\n', 'Content-Transfer-Encoding: BASE64') + end;
    for (const size of [1, 5, 1000]) expect((await read(text, { size })).parts).toEqual([['a@x', '%PDF-1']]);
  });

  it('is refused in words when it is wrong', async () => {
    const one = file('a@x', 'x');
    expect(await codeOf(read(root + one + end, { contentType: 'multipart/related' }))).toBe(
      'mtom_no_boundary',
    );
    expect(await codeOf(read(root + one))).toBe('mtom_broken');
    expect(await codeOf(read(`${root}${one}${end}`.slice(0, -40)))).toBe('mtom_broken');
    // Within the root, and within a file, in pieces of any size.
    for (const size of [1, 7, 1000]) {
      expect(await codeOf(read(root, { size }))).toBe('mtom_broken');
      expect(await codeOf(read(root.slice(0, -5), { size }))).toBe('mtom_broken');
      expect(await codeOf(read(root + one.slice(0, -2), { size }))).toBe('mtom_broken');
    }
    expect(await codeOf(read('<Envelope/>'))).toBe('mtom_broken');
    expect(await codeOf(read(''))).toBe('mtom_broken');
    expect(await codeOf(read(end))).toBe('mtom_broken');
    expect(await codeOf(read(one + root + end))).toBe('mtom_no_root');
    expect(await codeOf(read(root + one + one + end))).toBe('mtom_same_id');
    expect(await codeOf(read(root + root + end))).toBe('mtom_same_id');
    expect(await codeOf(read(root + one + file('b@x', '') + end, { parts: 2 }))).toBe('mtom_too_many_parts');
    expect(await codeOf(read(root + end, { rootBytes: 5 }))).toBe('mtom_root_too_large');
    const odd = file('a@x', 'x', 'Content-Transfer-Encoding: quoted-printable');
    expect(await codeOf(read(root + odd + end))).toBe('mtom_transfer_encoding');
  });

  it('does not bring what no part holds without end', async () => {
    let given = 0;
    async function* endless(begin: string) {
      yield Buffer.from(begin);
      for (; given < 100; given++) yield Buffer.alloc(64 * 1024, 'x');
    }
    const limits = { rootBytes: 1000, parts: 5 };
    for (const begin of ['', root + end, '--=_b 1\r\nX: ']) {
      given = 0;
      const all = async () => {
        for await (const _part of (await readRelated(endless(begin), type, limits)).parts);
      };
      expect(await codeOf(all())).toBe('mtom_outside');
      expect(given).toBeLessThan(20);
    }
  });

  it('is read no faster than its parts are', async () => {
    let given = 0;
    async function* source() {
      yield Buffer.from(`${root}--=_b 1\r\nContent-ID: <f>\r\n\r\n`);
      for (; given < 1000; given++) yield Buffer.alloc(64 * 1024);
      yield Buffer.from(`\r\n${end}`);
    }
    const message = await readRelated(source(), type, { rootBytes: 1000, parts: 5 });
    const { value } = await message.parts.next();
    let size = 0;
    for await (const chunk of value!.content) {
      size += chunk.length;
      expect(given * 64 * 1024 - size).toBeLessThan(1024 * 1024);
    }
    expect(size).toBe(1000 * 64 * 1024);
    expect((await message.parts.next()).done).toBe(true);
  });

  it('ends with the error of its body, and stops reading when its reader does', async () => {
    async function* cut() {
      yield Buffer.from(root);
      throw new Error('the line is cut');
    }
    const all = async () => {
      for await (const _part of (await readRelated(cut(), type, { rootBytes: 1000, parts: 5 })).parts);
    };
    expect(await codeOf(all())).toBe('Error: the line is cut');
    let isEnded = false;
    async function* watched() {
      try {
        yield* pieces(root + file('a@x', 'x'.repeat(1_000_000)) + end, 1000);
      } finally {
        isEnded = true;
      }
    }
    const { parts } = await readRelated(watched(), type, { rootBytes: 1000, parts: 5 });
    for await (const { content } of parts) {
      for await (const _chunk of content) break;
      break;
    }
    await expect.poll(() => isEnded).toBe(true);
  });
});

describe('XOP', () => {
  it.each(['text/xml; charset=euc-kr', 'application/soap+xml; charset=utf-8; action="urn:a"'])(
    '%s',
    async (envelopeType) => {
      async function* content() {
        yield Buffer.from('%PDF');
      }
      const message = toXopMessage(envelopeType, (include) => Buffer.from(`<a>${include}</a>`), {
        mediaType: 'application/pdf',
        size: 4,
        content: content(),
      });
      const chunks: Uint8Array[] = [];
      for await (const chunk of message.body) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      expect(bytes.length).toBe(message.length);
      expect(isRelated(message.contentType)).toBe(true);
      expect(message.contentType.includes('action="urn:a"')).toBe(envelopeType.includes('action'));
      const found = await read(bytes.toString('latin1'), { contentType: message.contentType });
      expect(found.parts[0]?.[1]).toBe('%PDF');
      const href = /href="([^"]*)"/.exec(found.root)?.[1] ?? '';
      expect(found.parts[0]?.[0]).toBe(readCid(href));
    },
  );

  it('names a part by a URL of its own kind (RFC 2392)', () => {
    expect(readCid('cid:a%25b@x')).toBe('a%b@x');
    expect(readCid('CID:a%b')).toBe('a%b');
    expect(() => readCid('http://x/file')).toThrow(RelatedError);
  });
});
