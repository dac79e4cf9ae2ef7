import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import fastify from 'fastify';
import { afterAll, describe, expect, test } from 'vitest';
import { loadAssets } from '../../../hub/web/asset-files.ts';
import { serveAssets } from '../../../hub/web/serve-assets.ts';

const app = fastify();
const assets = loadAssets();
serveAssets(app, assets);
afterAll(() => app.close());

const ask = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers });
const style = assets.toUrl('krds/css/component/output.css');
const original = await readFile(
  createRequire(import.meta.url).resolve('krds-uiux/resources/css/component/output.css'),
);
const toHash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

describe('a static file', () => {
  test.each([
    ['gzip, deflate, br, zstd', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip;q=0.5', 'gzip', gunzipSync],
    ['identity', undefined, (bytes: Buffer) => bytes],
    ['', undefined, (bytes: Buffer) => bytes],
  ])('comes in the coding that "%s" takes', async (accepted, coding, decode) => {
    const reply = await ask(style, { 'accept-encoding': accepted });
    expect(reply.headers['content-encoding']).toBe(coding);
    expect(toHash(decode(reply.rawPayload))).toBe(toHash(original));
    expect(reply.headers).toMatchObject({
      vary: 'accept-encoding',
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': String(reply.rawPayload.length),
    });
    if (coding) expect(reply.rawPayload.length).toBeLessThan(original.length / 10);
  });

  test('has a tag per coding, and is not sent again under it', async () => {
    const coded = await ask(style, { 'accept-encoding': 'br' });
    const plain = await ask(style);
    expect(coded.headers.etag).not.toBe(plain.headers.etag);
    const named = { 'accept-encoding': 'br', 'if-none-match': `"x", W/${coded.headers.etag}` };
    const again = await ask(style, named);
    expect([again.statusCode, again.payload, again.headers.vary]).toEqual([304, '', 'accept-encoding']);
    expect((await ask(style, { 'if-none-match': String(coded.headers.etag) })).statusCode).toBe(200);
  });

  test('that is compressed already comes as it is', async () => {
    const font = await ask(assets.toUrl('krds/fonts/PretendardGOV-Bold.subset.woff2'), {
      'accept-encoding': 'br',
    });
    expect([font.statusCode, font.headers['content-encoding'], font.headers.vary]).toEqual([
      200,
      undefined,
      undefined,
    ]);
    expect(font.headers['content-type']).toBe('font/woff2');
  });

  test('of another version is kept by nobody, and none is outside of the folders', async () => {
    const url = assets.toUrl('console.css');
    const other = await ask(url.replace(/\.[0-9a-f]{16}\//, '.0123456789abcdef/'));
    expect([other.statusCode, other.headers['cache-control']]).toEqual([200, 'no-cache']);
    const folder = url.slice(0, -'/console.css'.length);
    const outside = [
      '/../asset-files.ts',
      '/%2e%2e/asset-files.ts',
      '/..%2fasset-files.ts',
      '/none.css',
      '/',
    ];
    for (const path of [...outside.map((one) => folder + one), '/assets/own/console.css', '/assets/x.y/a'])
      expect((await ask(path)).statusCode, path).toBe(404);
    expect(() => assets.toUrl('none.css')).toThrow('no asset none.css');
  });

  test('names the fonts by an address that has one content for ever', async () => {
    const { payload } = await ask(assets.toUrl('console.css'));
    const fonts = [...payload.matchAll(/url\("([^"]+woff2)"\)/g)].map(([, url = '']) => url);
    expect(fonts).toHaveLength(3);
    for (const url of fonts) expect((await ask(url)).headers['cache-control']).toContain('immutable');
  });
});
