import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakLines } from '../../../hub/paper/break-lines.ts';
import { printPaper } from '../../../hub/paper/press.ts';
import { toPaper } from '../../../hub/paper/to-paper.ts';
import { toPlainText, toRuns } from '../../../hub/paper/to-runs.ts';
import type { AgencyEvent, Complaint, Language } from '../../../schemas/index.ts';
import { exportComplaint, type OpenDoors, openDoors } from '../doors/open-doors.ts';

const officer = { department: '시장지원과', name: '이담당', contact: '02-1234-5678' };
const complaint: Complaint = {
  id: '01a22548-5a02-74fa-8a3c-0d3b5a3f1c11',
  receiptNumber: '26-0000-0011-4',
  origin: 'market',
  assignee: 'market',
  status: 'rejected',
  content: {
    title: '정산기 고장 😀',
    body: `뷁 쀍 똠방각하, 國民申聞鼓, 𠮷.\u0007\n\n${'주차장 요금 정산기가 고장 났습니다. '.repeat(300)}`,
    kind: 'grievance',
    complainant: { name: '김보라' },
    filedAt: '2026-11-20T09:12:00+09:00',
  },
  registeredAt: '2026-11-20T00:15:00Z',
  officer,
  lastSeq: 5,
};
const at = '2026-11-23T00:15:00Z';
const events: AgencyEvent[] = [
  { seq: 1, type: 'registered', at, by: 'market' },
  { seq: 2, type: 'assigned', at, by: 'hub', toAgency: 'market' },
  { seq: 3, type: 'answered', at, by: 'market', answer: { text: '고치겠습니다.', officer } },
  { seq: 4, type: 'answered', at, by: 'market', answer: { text: '늦어집니다.', officer } },
  {
    ...{ seq: 5, type: 'step_taken', at, by: 'market' },
    step: { kind: 'refused', reasons: '예산이 없습니다.', remedies: '60일 이내에 이의신청', by: officer },
  },
];
const source = (language: Language) => ({
  ...{ complaint, events, language },
  files: [
    { place: 'text' as const, name: '현장 사진.jpg' },
    { place: 3, name: '조치 계획.hwp' },
  ],
  nameAgency: (code: string) => ({ market: '전통시장지원센터', hub: '민원상담센터' })[code] ?? code,
  madeAt: new Date('2026-11-30T09:25:00Z'),
});

const read = async (pdf: Uint8Array) => {
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const { text } = await extractText(document, { mergePages: false });
  return { document, pages: text.map((page) => page.replace(/\s+/g, ' ')) };
};

describe('the document of a complaint', () => {
  it('has pages with what was asked and answered, as text that can be read out of it', async () => {
    const pdf = await printPaper(toPaper(source('ko')));
    const { document, pages } = await read(pdf);
    expect(pages.length).toBeGreaterThan(2);
    const all = pages.join(' ');
    for (const words of [
      '민원 처리 결과 (거부)',
      '전통시장지원센터',
      '26-0000-0011-4',
      '정산기 고장 😀',
      '뷁 쀍 똠방각하, 國民申聞鼓, 〓.',
      '2026년 11월 20일 09:12',
      '시장지원과 이담당 (02-1234-5678)',
      '거부 사유 예산이 없습니다.',
      '구제 방법 60일 이내에 이의신청',
      '1. 현장 사진.jpg',
      '1. 조치 계획.hwp',
      '재답변 일시 2026년 11월 23일 09:15',
      '글꼴에 없는 글자입니다: U+20BB7',
    ])
      expect(all).toContain(words);
    expect(all.indexOf('답변 일시')).toBeLessThan(all.indexOf('재답변 일시'));
    for (const [n, page] of pages.entries()) expect(page).toContain(`${n + 1} / ${pages.length}쪽`);

    // Marked for those who hear it: what is a heading, a table, a picture with words.
    const tree = JSON.stringify(await (await document.getPage(1)).getStructTree());
    for (const role of ['Document', 'H1', 'H2', 'Table', 'TR', 'TH', 'TD', 'P', 'Figure'])
      expect(tree).toContain(`"role":"${role}"`);
    expect(tree).toContain('접수번호 26-0000-0011-4의 QR 코드');
    const { info } = await document.getMetadata();
    expect(info).toMatchObject({ Title: '민원 처리 결과 (거부) 26-0000-0011-4', Language: 'ko-KR' });
    // The fonts have six megabytes each; the document takes what it needs of them.
    expect(pdf.length).toBeLessThan(150_000);
  });

  it('is written in English with the words of the complaint as they are', async () => {
    const { pages } = await read(await printPaper(toPaper(source('en'))));
    const all = pages.join(' ');
    for (const words of [
      'Result of a complaint: refused',
      '20 November 2026',
      'Further answer',
      '고치겠습니다.',
    ])
      expect(all).toContain(words);
    expect(pages[0]).toContain(`Page 1 of ${pages.length}`);
  });
});

describe('text on paper', () => {
  const has = (signs: string) => ({ has: (sign: string) => [...signs].includes(sign) });
  const fonts = { text: has('가나다 ab'), bold: has(''), emoji: has('😀👩\u200d❤') };

  it('takes each sign from a font that has it, and notes what none has', () => {
    const missed = new Set<string>();
    expect(toRuns('가😀나 ❤\ufe0f힣\u200b', 'text', fonts, missed)).toEqual([
      { font: 'text', text: '가' },
      { font: 'emoji', text: '😀' },
      { font: 'text', text: '나 ' },
      { font: 'emoji', text: '❤\ufe0f' },
      { font: 'text', text: '〓' },
    ]);
    expect([...missed]).toEqual(['힣']);
  });

  it('is composed, without what controls a printer', () => {
    expect(toPlainText('\u1100\u1161\u0000\r\n\t나\u2028')).toBe('가\n    나\n');
  });

  it('breaks between words, and inside of one that is longer than a line', () => {
    const measure = (text: string) => [...text].length;
    const lines = breakLines([{ font: 'text', text: '가나 다라마 abcdefghijklm 바' }], 7, measure);
    expect(lines.map((line) => line.map(({ text }) => text.trimEnd()).join(''))).toEqual([
      '가나 다라마',
      'abcdefg',
      'hijklm',
      '바',
    ]);
  });
});

describe('the document at the REST door', () => {
  let doors: OpenDoors;
  beforeAll(async () => {
    doors = await openDoors();
  });
  afterAll(async () => {
    expect(doors.errors).toEqual([]);
    await doors.close();
  });
  const call = (agency: keyof OpenDoors['keys'], path: string, init: RequestInit = {}) =>
    fetch(`${doors.url}/api/v1${path}`, {
      ...init,
      headers: { authorization: `Bearer ${doors.keys[agency]}`, 'content-type': 'application/json' },
    });

  it('is there for agencies that have a part in the complaint', async () => {
    const body = JSON.stringify({ externalId: 'p-1', content: exportComplaint });
    const { receiptNumber } = (await (
      await call('alpha', '/complaints', { method: 'POST', body })
    ).json()) as { receiptNumber: string };
    const path = `/complaints/${receiptNumber}/document`;
    const reply = await call('beta', `${path}?language=en`);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('application/pdf');
    expect(reply.headers.get('content-disposition')).toBe(`attachment; filename=${receiptNumber}.pdf`);
    const { pages } = await read(new Uint8Array(await reply.arrayBuffer()));
    expect(pages[0]).toContain(exportComplaint.title);
    expect(pages[0]).toContain('Page 1 of 1');
    expect((await call('gamma', path)).status).toBe(404);
    expect((await call('beta', `${path}?language=fr`)).status).toBe(422);
  });
});
