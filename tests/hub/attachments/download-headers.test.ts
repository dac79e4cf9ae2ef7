import { expect, it } from 'vitest';
import { toDownloadHeaders } from '../../../hub/attachments/download-headers.ts';

const entry = { id: 'x', mediaType: 'text/plain', size: 3, sha256: null } as never as Parameters<
  typeof toDownloadHeaders
>[0];

it('a file is saved and never shown, and a name ends no header', () => {
  for (const name of ['a.html', '민원 "사진".png', 'a\r\nset-cookie: session=x.txt', 'a;b=c.txt']) {
    const headers = toDownloadHeaders({ ...entry, name });
    const disposition = headers['content-disposition'] ?? '';
    expect(disposition).toMatch(/^attachment; filename/);
    expect(disposition).toMatch(/^[\x20-\x7e]+$/);
    expect(() => new Headers(headers)).not.toThrow();
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none';.*frame-ancestors 'none'; sandbox$/,
    );
  }
  // RFC 8187: a Korean name is there for browsers that know it.
  const { 'content-disposition': korean } = toDownloadHeaders({ ...entry, name: '사진.png' });
  expect(korean).toContain("filename*=UTF-8''%EC%82%AC%EC%A7%84.png");
});
