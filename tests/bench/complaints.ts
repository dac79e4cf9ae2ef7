/** A request as it is sent. The bytes are the same for every subject. */
export interface PreparedComplaint {
  /** The agency's own id. It is in the title, so that the board's post and the mail can be recognised. */
  id: string;
  body: Buffer;
}

const idShape = /BENCH-[a-z]+-\d{6}/;
const places = [
  '중앙로 12길',
  '시청 뒤 공영주차장',
  '한빛초등학교 앞',
  '강변 산책로',
  '전통시장 북문',
  '역전 사거리',
];
const matters = [
  ['보도블록 파손', '보도블록이 여러 장 깨져 있어 유모차와 휠체어가 지나가기 어렵습니다'],
  ['가로등 고장', '가로등이 두 주째 켜지지 않아 밤에 다니는 주민들이 불안해합니다'],
  ['소음 불편', '새벽 다섯 시부터 공사 차량이 드나들어 잠을 이루기 어렵습니다'],
  ['불법 주차', '횡단보도 위에 세워 둔 차량 때문에 아이들이 차도로 돌아가고 있습니다'],
  ['지원금 문의', '소상공인 지원 사업의 신청 자격과 제출할 서류를 알고 싶습니다'],
] as const;
const people = ['김하늘', '이바다', '박가람', '최누리', '정다온'];
const pick = <T>(from: readonly T[], n: number): T => from[n % from.length] as T;

/** The format of a registration for each door. */
const formats = {
  rest: JSON.stringify,
  soap: (registration: object) =>
    `<?xml version="1.0" encoding="UTF-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><RegisterComplaint xmlns="urn:minwon-hub:v1">${toXml(registration)}</RegisterComplaint></soap:Body></soap:Envelope>`,
} satisfies Record<Door, (registration: object) => string>;
export type Door = 'rest' | 'soap';

/** `series` keeps the ids of warm-up and run apart. `categoryOf` gives each complaint the category that routes it. */
export function prepareComplaints(
  series: string,
  count: number,
  door: Door = 'rest',
  categoryOf?: (n: number) => string,
): PreparedComplaint[] {
  return Array.from({ length: count }, (_, n) => {
    const id = `BENCH-${series}-${String(n).padStart(6, '0')}`;
    const content = { ...toContent(id, n), ...(categoryOf && { category: categoryOf(n) }) };
    return { id, body: Buffer.from(formats[door]({ externalId: id, content })) };
  });
}

/** None of these texts needs escaping. */
const toXml = (fields: object): string =>
  Object.entries(fields)
    .map(([name, value]) => `<${name}>${typeof value === 'object' ? toXml(value) : value}</${name}>`)
    .join('');

/** An hour ago: a deadline that passed would be told, and the mail counted as a second one of its complaint. */
const filedAt = new Date(Date.now() - 60 * 60_000).toISOString();

function toContent(id: string, n: number) {
  const [subject, story] = pick(matters, n);
  const place = pick(places, Math.floor(n / matters.length));
  return {
    title: `${place} ${subject} 신고 (${id})`,
    body: `${place} 부근입니다. ${story}. 지난달 ${1 + (n % 28)}일에도 전화로 말씀드렸으나 아직 달라진 것이 없습니다. 현장을 확인하시고 언제까지 처리되는지 알려 주시기 바랍니다. 사진은 담당자께서 요청하시면 보내 드리겠습니다.`,
    kind: 'query',
    region: '중구',
    complainant: { name: pick(people, n) },
    filedAt,
  };
}

/** Finds the id in any text that was made from a complaint. */
export const findId = (text: string): string | undefined => idShape.exec(text)?.[0];
