import { describe, expect, it } from 'vitest';
import { createRouter, route, tryRules, withoutTarget } from '../../../hub/complaints/route.ts';
import type { ComplaintContent, Routing } from '../../../schemas/index.ts';

const content = (part: Partial<ComplaintContent> = {}): ComplaintContent => ({
  title: '문의드립니다',
  body: '내용입니다.',
  kind: 'query',
  complainant: { name: '홍길동' },
  filedAt: '2026-11-20T09:30:00+09:00',
  ...part,
});

const routing: Routing = {
  rules: [
    { when: { category: ['수출'], region: ['부산', '울산'] }, to: 'busan' },
    { when: { keyword: ['관세 환급', 'HS Code'] }, to: 'customs' },
    { when: { category: ['수출'] }, to: 'kotra' },
    { when: { origin: ['labor'], kind: ['grievance'] }, to: 'origin' },
  ],
  default: 'centre',
};

describe('route', () => {
  it('takes the first rule of which every condition holds', () => {
    expect(route(content({ category: '수출', region: '울산' }), 'smba', routing)).toEqual({
      to: 'busan',
      reason: { rule: '1', text: "규칙 1: 분류 '수출', 지역 '울산' → busan" },
    });
    expect(route(content({ category: '수출', region: '서울' }), 'smba', routing)).toEqual({
      to: 'kotra',
      reason: { rule: '3', text: "규칙 3: 분류 '수출' → kotra" },
    });
  });

  it.each([
    ['title, other spaces', { title: '관세환급 절차' }, '관세 환급'],
    ['body, line break within', { body: '지난달 관세\n환급을 신청' }, '관세 환급'],
    ['letter case', { body: '품목의 hscode 를 알려 주세요' }, 'HS Code'],
    ['decomposed letters (NFD)', { body: '관세 환급'.normalize('NFD') }, '관세 환급'],
  ])('finds a keyword in the text: %s', (_, part, keyword) => {
    expect(route(content(part), 'smba', routing)).toEqual({
      to: 'customs',
      reason: { rule: '2', text: `규칙 2: 검색어 '${keyword}' → customs` },
    });
  });

  it('finds no keyword across title and body', () => {
    expect(route(content({ title: '수입 관세', body: '환급 문의' }), 'smba', routing).to).toBe('centre');
  });

  it('leaves a complaint with its origin where the rule says so', () => {
    expect(route(content({ kind: 'grievance' }), 'labor', routing)).toEqual({
      to: 'labor',
      reason: { rule: '4', text: "규칙 4: 접수기관 'labor', 종류 '고충' → 접수기관 labor" },
    });
    expect(route(content({ kind: 'grievance' }), 'smba', routing).to).toBe('centre');
  });

  it('falls back on the default, which may be the origin too', () => {
    expect(route(content(), 'smba', routing).reason.rule).toBe('default');
    expect(createRouter({ rules: [], default: 'origin' })(content(), 'smba').to).toBe('smba');
  });

  it('says its reason without codes where a page names the agency itself', () => {
    const textOf = (part: Partial<ComplaintContent>, origin: string) => {
      const { to, reason } = route(content(part), origin, routing);
      return withoutTarget(reason, to).text;
    };
    expect(textOf({ category: '수출' }, 'smba')).toBe("규칙 3: 분류 '수출'");
    expect(textOf({ kind: 'grievance' }, 'labor')).toBe("규칙 4: 접수기관 'labor', 종류 '고충'");
    expect(withoutTarget({ rule: 'person', text: '소관 → 다른 부서' }, 'smba').text).toBe('소관 → 다른 부서');
  });

  it('costs microseconds with many rules and a long text', () => {
    const rules = Array.from({ length: 300 }, (_, i) => ({ when: { keyword: [`없는말${i}`] }, to: 'kotra' }));
    const long = content({ body: '수출 지원 사업을 문의합니다. '.repeat(60) });
    const router = createRouter({ rules, default: 'centre' });
    const started = performance.now();
    for (let i = 0; i < 200; i += 1) expect(router(long, 'smba').to).toBe('centre');
    expect((performance.now() - started) / 200).toBeLessThan(5);
  });
});

describe('tryRules', () => {
  it('says of every rule what of the complaint meets it and what does not', () => {
    const text = content({ category: '수출', region: '서울', body: '관세환급 서류' });
    expect(tryRules(text, 'labor', routing)).toEqual([
      { number: 1, to: 'busan', met: [{ field: 'category', value: '수출' }], unmet: ['region'] },
      { number: 2, to: 'customs', met: [{ field: 'keyword', value: '관세 환급' }], unmet: [] },
      { number: 3, to: 'kotra', met: [{ field: 'category', value: '수출' }], unmet: [] },
      { number: 4, to: 'labor', met: [{ field: 'origin', value: 'labor' }], unmet: ['kind'] },
    ]);
  });
});
