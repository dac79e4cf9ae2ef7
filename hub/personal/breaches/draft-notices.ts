import type { Breach } from './breach.ts';
import { findReportReasons, type ReportReason } from './judge-breach.ts';
import type { TouchedSums } from './whose-data.ts';

/** Korean: both go to people and to the authority in Korea. */
const itemWords: Record<string, string> = {
  name: '이름',
  contact: '연락처(전화번호, 전자우편 주소)',
  masked: '일부를 가린 이름과 연락처',
  company: '업체 이름',
  text: '민원 내용',
  files: '첨부 파일',
  history: '처리 이력',
  notices: '알림 내용',
  raw: '접수된 원문',
};
const reasonWords: Record<ReportReason, string> = {
  many: '1천 명 이상',
  sensitive: '민감정보 또는 고유식별정보',
  intrusion: '외부로부터의 불법적인 접근',
};

const format = new Intl.DateTimeFormat('ko-KR', {
  dateStyle: 'long',
  timeStyle: 'short',
  hourCycle: 'h23',
  timeZone: 'Asia/Seoul',
});
const toTime = (at: string) => format.format(new Date(at));
const toItems = (items: readonly string[]) =>
  items.map((item) => itemWords[item] ?? item).join(', ') || '확인 중';

/** A person is told five things (개인정보 보호법, article 34, paragraph 1, items 1 to 5). */
export function draftNotice({ facts }: Pick<Breach, 'facts'>, items: readonly string[]): string {
  return `개인정보 유출 안내

귀하의 개인정보가 유출되었거나 유출되었을 수 있어 「개인정보 보호법」 제34조에 따라 알려 드립니다. 불편을 드려 죄송합니다.

1. 유출된 개인정보의 항목
${toItems(items)}

2. 유출된 시점과 경위
${toTime(facts.from)}부터 ${toTime(facts.to)} 사이
${facts.happened}

3. 피해를 줄이기 위해 하실 수 있는 일
${facts.advice}

4. 우리 기관의 대응과 피해 구제 절차
${facts.measures}

5. 피해 신고와 문의
${facts.contact}
`;
}

/** What the authority is told (개인정보 보호법, article 34, paragraph 3; 시행령, article 40). */
export function draftReport(breach: Pick<Breach, 'facts' | 'record'>, sums: TouchedSums): string {
  const { facts, record } = breach;
  const told = record.find(({ act }) => act === 'told');
  const reasons = findReportReasons(breach, sums.persons).map((reason) => reasonWords[reason]);
  return `개인정보 유출 신고
(개인정보 보호위원회 또는 한국인터넷진흥원)

1. 정보주체 통지 여부
${told ? `${toTime(told.at)} 통지함` : '아직 통지하지 않음'}

2. 유출된 개인정보의 항목과 규모
${toItems(sums.items)}
정보주체 ${sums.persons.toLocaleString('ko-KR')}명, 민원 ${sums.complaints.toLocaleString('ko-KR')}건${sums.others > 0 ? `, 민원이 되지 않은 접수 ${sums.others.toLocaleString('ko-KR')}건` : ''}
신고 대상인 까닭: ${reasons.join(', ') || '해당 없음'}

3. 유출된 시점과 경위
${toTime(facts.from)}부터 ${toTime(facts.to)} 사이
알게 된 때: ${toTime(facts.knownAt)}
${facts.happened}

4. 피해를 줄이기 위한 대책과 조치, 그 결과
${facts.measures}

5. 정보주체가 할 수 있는 피해 최소화 방법과 구제 절차
${facts.advice}

6. 담당 부서와 연락처
${facts.contact}
`;
}
