import type { SubjectData } from '../personal/requests/export.ts';
import { kindWords, type LetterPart, toAddressee } from '../personal/requests/letter.ts';
import type { RequestAct, SubjectRequest } from '../personal/requests/request.ts';
import { toNational } from '../words/to-national.ts';
import { vocabulary } from '../words/vocabulary.ts';
import type { Paper, PaperSection } from './paper.ts';
import { toPaperTime, toPaperWord } from './paper-words.ts';

/** Korean: these papers go to persons in Korea. */
const actWords: Record<RequestAct, string> = {
  received: '요구 받음',
  identified: '본인 확인',
  postponed: '열람 연기',
  found: '보유한 자료 확인',
  exported: '자료 제공',
  decided: '결정',
  corrected: '정정',
  told: '알림',
  withdrawn: '취하',
  noted: '기록',
};
/** Steps that say something to the person. The others are work of the agency. */
const toldActs: ReadonlySet<RequestAct> = new Set([
  'received',
  'identified',
  'postponed',
  'decided',
  'withdrawn',
]);

function toBase(request: SubjectRequest, title: string, agency: string, madeAt: Date) {
  const name = `개인정보 요구 ${request.number}`;
  const language = 'ko' as const;
  return {
    ...{ language, title, agency, receiptNumber: name },
    course: request.record
      .filter(({ act }) => toldActs.has(act))
      .map(({ act, at }) => [toPaperTime(at, language), actWords[act]] as const),
    words: {
      course: toPaperWord('course', language),
      files: toPaperWord('files', language),
      qrCode: `${name}의 QR 코드`,
      made: `${toPaperTime(madeAt, language)} 출력 · ${name}`,
      page: toPaperWord('page', language),
      missing: toPaperWord('missing', language),
    },
  };
}

/** The letter with which the person is told: of the decision, or that seeing is put off. */
export function toLetterPaper(
  request: SubjectRequest,
  parts: readonly LetterPart[],
  { agency, madeAt }: { agency: string; madeAt: Date },
): Paper {
  const about = request.decision === null ? '연기 안내' : '결과 안내';
  return {
    ...toBase(request, `개인정보 ${kindWords[request.kind]} 요구 ${about}`, agency, madeAt),
    facts: [
      ['수신', `${toAddressee(request)} 귀하`],
      ...(request.facts.address ? ([['주소', request.facts.address]] as const) : []),
      ['요구 번호', request.number],
      ['요구 받은 날', toPaperTime(request.receivedAt, 'ko')],
    ],
    sections: parts.map(({ heading, text }) => ({ heading, facts: [], texts: [{ text }], files: [] })),
  };
}

/** Everything that is held on the person, as a document to print. */
export function toDataPaper(
  request: SubjectRequest,
  data: SubjectData,
  { agency, madeAt, nameOf }: { agency: string; madeAt: Date; nameOf: (code: string) => string },
): Paper {
  return {
    ...toBase(request, '개인정보 열람 자료', agency, madeAt),
    facts: [
      ['정보주체', data.person.name],
      ['요구 번호', data.request.number],
      [
        '항목',
        data.sections.map(({ name, rows }) => `${name} ${rows.length}건`).join(', ') ||
          '보유한 자료가 없습니다',
      ],
      ['알림', data.remarks.join('\n')],
    ],
    sections: data.sections.map((section) => toSection(section, nameOf)),
  };
}

const toSection = (
  { name, rows }: SubjectData['sections'][number],
  nameOf: (code: string) => string,
): PaperSection => ({
  heading: `${name} (${rows.length}건)`,
  facts: [],
  texts: rows.map((row, at) => ({ label: `${at + 1}`, text: toLines(row, nameOf).join('\n') })),
  files: [],
});

/** What members are called. One that is missing here keeps its own name. */
const memberWords: Readonly<Record<string, string>> = {
  ...{ routing: '배정 근거', rule: '규칙', notifyBy: '알림 방법', data: '내용' },
  ...{ receiptNumber: '접수번호', originNumber: '접수기관 번호', origin: '접수기관', assignee: '처리기관' },
  ...{ status: '처리상태', kind: '종류', title: '제목', body: '내용', category: '분야', region: '지역' },
  ...{ complainant: '민원인', name: '이름', company: '업체', phone: '전화번호', email: '전자우편' },
  ...{
    registeredAt: '등록일시',
    takenInAt: '접수일시',
    dueAt: '기한',
    updatedAt: '바뀐 일시',
    filedAt: '신청일시',
  },
  ...{ officer: '담당자', department: '부서', contact: '연락처', agency: '기관', at: '일시', seq: '순번' },
  ...{ type: '구분', recipient: '받는 사람', address: '주소', channel: '방법', sentAt: '보낸 일시' },
  ...{ createdAt: '만든 일시', text: '글', subject: '제목', author: '쓴 사람', writtenAt: '쓴 일시' },
  ...{
    items: '항목',
    purpose: '목적',
    basis: '근거',
    way: '방법',
    actor: '사람',
    act: '한 일',
    action: '한 일',
  },
  ...{
    masked: '가리고 봄',
    reason: '까닭',
    passage: '적힌 내용',
    answer: '답변',
    content: '내용',
    wants: '요구 내용',
  },
};

const agencies = new Set(['agency', 'origin', 'assignee', 'from', 'to']);
const words: Readonly<Record<string, Readonly<Record<string, readonly [ko: string, en: string]>>>> = {
  status: vocabulary.status,
  kind: vocabulary.kind,
  type: vocabulary.event,
  channel: vocabulary.channel,
  notifyBy: vocabulary.channel,
};
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/** A value as a person reads it: names of agencies, words of codes, Korean times and numbers. */
function say(value: string | number | boolean, member: string, nameOf: (code: string) => string): string {
  if (typeof value === 'boolean') return value ? '예' : '아니오';
  if (typeof value === 'number') return String(value);
  if (agencies.has(member)) return nameOf(value);
  if (instant.test(value)) return toPaperTime(value, 'ko');
  if (member === 'phone') return toNational(value);
  return words[member]?.[value]?.[0] ?? value;
}

/** Each value on a line of its own, with the names of the members around it. What is not there is left out. */
function toLines(value: unknown, nameOf: (code: string) => string, around: readonly string[] = []): string[] {
  if (value === null || value === undefined || value === '') return [];
  const head = around.map((name) => memberWords[name] ?? name).join(' · ');
  const member = around.at(-1) ?? '';
  if (value instanceof Date) return [`${head}: ${toPaperTime(value, 'ko')}`];
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return [`${head}: ${say(value, member, nameOf)}`];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return value.length === 0 ? [] : [`${head}: ${value.join(', ')}`];
  return Object.entries(value).flatMap(([name, below]) =>
    toLines(below, nameOf, [...around, Array.isArray(value) ? String(Number(name) + 1) : name]),
  );
}
