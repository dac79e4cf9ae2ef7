import type { AccessAct, AccessItem, AccessWay } from '../../../personal/log/entry.ts';
import type { Purpose, unforeseenPurpose } from '../../../personal/purposes.ts';
import type { ReviewMark } from '../../../personal/review/make-review.ts';
import type { Texts } from '../../../web/texts.ts';

type Words = readonly [ko: string, en: string];
const acts: Record<AccessAct, Words> = {
  read: ['열람', 'Read'],
  list: ['목록', 'Listed'],
  search: ['검색', 'Searched'],
  print: ['인쇄', 'Printed'],
  download: ['내려받기', 'Downloaded'],
  export: ['내보내기', 'Exported'],
  change: ['처리', 'Worked on'],
};
const ways: Record<AccessWay, Words> = {
  console: ['화면', 'Console'],
  rest: ['REST', 'REST'],
  soap: ['SOAP', 'SOAP'],
  api: ['API', 'API'],
  command: ['명령', 'Command'],
};
const items: Record<AccessItem, Words> = {
  name: ['이름', 'name'],
  contact: ['연락처', 'contact'],
  text: ['내용', 'text'],
  files: ['첨부', 'files'],
  history: ['처리 이력', 'history'],
  notices: ['알림', 'notices'],
  raw: ['받은 그대로의 기록', 'record as it came'],
  numbers: ['고유식별번호', 'unique identifiers'],
};
const purposes: Record<Purpose | typeof unforeseenPurpose, Words> = {
  handling: ['민원 처리', 'Handling the complaint'],
  overview: ['목록에서 찾기', 'Finding it in a list'],
  identifying: ['민원인 확인', 'Knowing who calls'],
  telling: ['통지 확인', 'Seeing that people are told'],
  messages: ['보낸 알림 확인', 'Messages that were sent'],
  printing: ['종이 출력', 'Paper'],
  files: ['첨부 파일', 'Files'],
  numbers: ['법령에 따른 번호 확인', 'Numbers that a law allows'],
  exporting: ['파일로 저장', 'A list as a file'],
  breach: ['유출 확인', 'Finding whom a leak touched'],
  breach_list: ['유출 통지 명단', 'List of whom a leak touched'],
  subject_request: ['개인정보 열람 등 요구', 'Request about own data'],
  subject_search: ['정보주체의 자료 찾기', 'Finding what is held on a person'],
  subject_export: ['정보주체에게 제공', 'Giving a person the own data'],
  evidence: ['증거 묶음', 'Evidence bundle'],
  repairing: ['보류 처리', 'Repairing what is parked'],
  connecting: ['연계 관리', 'Connecting the board'],
  configuring: ['설정 시험', 'Trying the configuration'],
  unforeseen: ['목적이 정해지지 않은 열람(경보 발생)', 'No purpose was foreseen (an alert is raised)'],
};
const marks: Record<ReviewMark, Words> = {
  volume: ['평소보다 많음', 'Far more than usual'],
  hours: ['업무 시간 밖', 'Out of hours'],
  downloads: ['내려받기 많음', 'Many downloads'],
  colleagues: ['직원이 낸 민원', "Colleagues' own complaints"],
};
const toTexts = (area: string, words: Record<string, Words>): Texts =>
  Object.fromEntries(Object.entries(words).map(([word, text]) => [`${area}.${word}`, text]));

/** Texts about who saw whose data. */
export const accessTexts: Texts = {
  ...toTexts('access_act', acts),
  ...toTexts('access_way', ways),
  ...toTexts('access_item', items),
  ...toTexts('access_purpose', purposes),
  ...toTexts('access_mark', marks),
  'access.title': ['개인정보 접속기록', 'Access log'],
  'access.lead': [
    '누가 언제 어디에서 누구의 개인정보로 무엇을 했는지 남습니다. 아무도 고치거나 지울 수 없고, 날마다 서명됩니다(개인정보의 안전성 확보조치 기준 제8조).',
    'Who did what with whose personal data, when and from where. Nobody can change or remove it, and it is signed each day (safety standard for personal data, article 8).',
  ],
  'access.who': ['이 민원인의 정보를 누가 보았나', "Who saw this person's data"],
  'access.number': ['접수번호', 'Receipt number'],
  'access.number_hint': [
    '같은 전화번호나 전자우편으로 낸 다른 민원도 함께 찾습니다.',
    'Other complaints with the same telephone number or e-mail address are included.',
  ],
  'access.number_unknown': ['이 번호의 민원이 없습니다.', 'There is no complaint with this number.'],
  'access.whose': ['이 계정이 누구의 정보를 보았나', 'Whose data this account saw'],
  'access.actor': ['계정', 'Account'],
  'access.actor_hint': [
    '로그인 이름 그대로. 기관의 프로그램은 "key "와 키의 id',
    'The login, in full. A program of an agency: "key " and the id of its key',
  ],
  'access.from': ['부터', 'From'],
  'access.to': ['까지', 'To'],
  'access.day_hint': ['2026-11-30처럼. 비우면 지난 30일', 'As 2026-11-30. Empty: the last thirty days'],
  'access.day_shape': ['날짜를 2026-11-30처럼 쓰십시오.', 'Write the day as 2026-11-30.'],
  'access.none': ['해당하는 기록이 없습니다.', 'There is no such entry.'],
  'access.caption': ['접속기록: 시각, 계정, 한 일, 누구의', 'Access log: time, account, what, whose'],
  'access.at': ['시각', 'Time'],
  'access.act': ['한 일', 'What'],
  'access.subjects': ['누구의', 'Whose'],
  'access.more': ['민원 {0}건', '{0} complaints'],
  'access.masked': ['이름과 연락처를 가리고', 'with names and contacts masked'],
  'access.reason': ['까닭', 'Reason'],
  'access.reviews': ['월별 점검', 'Monthly reviews'],
  'access.reviews_none': [
    '아직 점검표가 없습니다. 달이 바뀌면 지난달의 점검표가 만들어집니다.',
    'There is none yet. When a month is over, its review is made.',
  ],
  'access.review': ['{0} 접속기록 점검', 'Review of {0}'],
  'access.review_lead': [
    '계정마다 지난달 몇 건을 보았는지, 눈여겨볼 점이 있는지 보여 줍니다. 살펴보고 아래에 확인을 남기십시오.',
    'What each account saw in the month, and what stands out. Look at it, and note below what you found.',
  ],
  'access.review_caption': ['계정별 접속 건수와 눈여겨볼 점', 'Accounts, their numbers and what stands out'],
  'access.entries': ['기록', 'Entries'],
  'access.seen': ['본 민원', 'Complaints seen'],
  'access.before': ['앞선 석 달의 한 달 평균', 'A month before'],
  'access.downloads': ['내려받기', 'Downloads'],
  'access.hours': ['야간·주말', 'Out of hours'],
  'access.marks': ['눈여겨볼 점', 'What stands out'],
  'access.given': ['파일로 나간 것과 까닭', 'What left as a file, and why'],
  'access.given_none': ['파일로 나간 것이 없습니다.', 'Nothing left as a file.'],
  'access.csv': ['CSV로 저장', 'Save as CSV'],
  'access.open': ['확인 전', 'Not reviewed'],
  'access.confirmed': ['{0} 확인', 'Reviewed by {0}'],
  'access.confirm': ['점검 확인', 'Confirm the review'],
  'access.note': ['확인한 내용', 'What you found'],
  'access.note_hint': [
    '예: 야간 접속은 비상근무로 확인함',
    'For example: the night entries were the emergency shift',
  ],
  'access.note_long': ['2,000자까지 쓸 수 있습니다.', '2,000 characters at the most.'],
  'done.access_reviewed': ['점검을 확인했습니다.', 'The review is confirmed.'],
  'done.access_reviewed_before': ['다른 사람이 먼저 확인했습니다.', 'Somebody else confirmed it before.'],
};
