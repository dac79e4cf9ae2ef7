import { describe, expect, it } from 'vitest';
import { toMultipart } from '../../../adapters/kit/http/multipart.ts';
import { toFileName, withFileNames } from '../../../hub/attachments/file-name.ts';

describe('the name of a file', () => {
  it.each([
    ['홍길동 민원.pdf', '홍길동 민원.pdf'],
    ['사업자등록증(최종).v2.hwp', '사업자등록증(최종).v2.hwp'],
    ['../../etc/passwd.txt', 'passwd.txt'],
    ['..\\..\\C:\\Users\\hong\\민원.pdf', '민원.pdf'],
    ['a.pdf\r\nX-Evil: 1', 'a.pdfX-Evil: 1'],
    ['민원\r\n 접수.pdf', '민원 접수.pdf'],
    ['a\0.exe\0.pdf', 'a.exe.pdf'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['\ufeffa\u200b\u2028\u2069.txt', 'a.txt'],
    ['a.pdf. . ', 'a.pdf'],
    ['민원.pdf'.normalize('NFD'), '민원.pdf'],
    ['\ud800민원.pdf', '민원.pdf'],
    ['.pdf', 'attachment.pdf'],
  ])('%j is %j', (given, name) => {
    expect(toFileName(given)).toBe(name);
    expect(toFileName(name)).toBe(name);
  });

  it.each([
    ['', 'application/pdf', 'attachment.pdf'],
    ['..', 'image/jpeg', 'attachment.jpg'],
    ['folder/', 'Application/X-HWP', 'attachment.hwp'],
    ['\0\r\n', undefined, 'attachment'],
    [' . ', 'text/html', 'attachment'],
  ])('%j of the type %s is %j', (given, type, name) => {
    expect(toFileName(given, type)).toBe(name);
  });

  it('keeps its ending when it is too long', () => {
    expect(toFileName(`${'가'.repeat(300)}.hwp`)).toBe(`${'가'.repeat(251)}.hwp`);
    // No half of a letter outside of the plane.
    expect(toFileName(`${'가'.repeat(250)}${'😀'.repeat(9)}.hwp`)).toBe(`${'가'.repeat(250)}.hwp`);
  });
});

describe('what a post says of files', () => {
  it('has the names as they are kept, wherever they stand', () => {
    const attachments = [{ name: '../a.pdf', id: '7' }];
    const content = {
      title: '제',
      body: '문',
      kind: 'query' as const,
      complainant: { name: '김' },
      filedAt: '2026-11-20T09:30:00+09:00',
      attachments,
    };
    const post = {
      content,
      answers: [{ text: '답', attachments }],
      followUps: [{ text: '질', attachments }],
    };
    const expected = [{ name: 'a.pdf', id: '7' }];
    expect(withFileNames(post, 'upload')).toEqual({
      content: { ...content, attachments: expected },
      answers: [{ text: '답', attachments: expected }],
      followUps: [{ text: '질', attachments: expected }],
    });
  });

  it('still tells a board by which path it names a file that has no id', () => {
    const answers = [{ text: '답', attachments: [{ name: '2026/11/a.pdf' }, { name: 'b.pdf' }] }];
    expect(withFileNames({ answers }, 'board').answers?.[0]?.attachments).toEqual([
      { name: 'a.pdf', id: '2026/11/a.pdf' },
      { name: 'b.pdf' },
    ]);
  });
});

it('no name ends a part of a form', async () => {
  const name = 'a"\r\nX-Evil: 1\r\n\r\n\0민원.pdf';
  const file = {
    field: 'f',
    name,
    mediaType: 'application/pdf',
    size: 1,
    content: (async function* () {})(),
  };
  const chunks: Uint8Array[] = [];
  for await (const chunk of toMultipart({}, file).body) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  expect(text).toContain('filename="a%22%0D%0AX-Evil: 1%0D%0A%0D%0A%00민원.pdf"');
});
