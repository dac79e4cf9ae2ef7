import type { Agency } from '../../../schemas/index.ts';
import type { Scope } from '../keys/scopes.ts';

/** The facts that an agency's engineer needs to connect. */
export interface ConnectionFacts {
  agency: Agency;
  /** The hub's address, without a slash at its end. */
  baseUrl: string;
  /** It is shown this once. */
  key: string;
  keyId: string;
  expiresAt: Date | null;
  scopes: readonly Scope[];
  /** Present if requests can be signed. */
  signingSecret?: string | undefined;
  /** The secret that signs the hub's calls to the agency's webhook. Present if it was just made. */
  webhookSecret?: string | undefined;
}

/** In Korean and English. */
type Words = readonly [ko: string, en: string];

interface SheetRow {
  ko: string;
  en: string;
  value: string;
  isSecret: boolean;
}
export interface SheetSection {
  ko: string;
  en: string;
  rows: SheetRow[];
  /** A command to type, shown as it is. */
  code?: string;
}
/** A connection sheet (연계 안내서), ready for the agency's engineer. */
export interface ConnectionSheet {
  ko: string;
  en: string;
  sections: SheetSection[];
  notes: { ko: string; en: string }[];
}

export const row = ([ko, en]: Words, value: string, isSecret = false): SheetRow => ({
  ko,
  en,
  value,
  isSecret,
});

export function toConnectionSheet(facts: ConnectionFacts): ConnectionSheet {
  const { agency, baseUrl } = facts;
  return {
    ko: `민원 허브 연계 안내서: ${agency.name.ko}`,
    en: `How ${agency.name.en ?? agency.code} connects to the complaint hub`,
    sections: [
      {
        ko: '접속 주소',
        en: 'Addresses',
        rows: [
          row(['모든 안내', 'Discovery'], `${baseUrl}/.well-known/minwon-hub`),
          row(['REST', 'REST'], `${baseUrl}/api/v1`),
          row(['REST 설명서', 'REST reference'], `${baseUrl}/api/v1/docs/`),
          row(['OpenAPI', 'OpenAPI'], `${baseUrl}/api/v1/openapi.json`),
          row(['SOAP (WSDL)', 'SOAP (WSDL)'], `${baseUrl}/soap/v1?wsdl`),
          row(['SOAP 1.2 (WSDL)', 'SOAP 1.2 (WSDL)'], `${baseUrl}/soap/v1?wsdl12`),
        ],
      },
      { ko: '인증 정보', en: 'Credentials', rows: toCredentials(facts) },
      {
        ko: '먼저 시험하십시오',
        en: 'Try it first',
        rows: [],
        code: `curl -sS -X POST ${baseUrl}/api/v1/self-test \\
  -H 'authorization: Bearer ${facts.key}' -H 'content-type: application/json' \\
  -d "{\\"text\\": \\"민원 연계 시험 뷁 😀 ABC\\", \\"time\\": \\"$(date -u +%Y-%m-%dT%H:%M:%SZ)\\"}"`,
      },
    ],
    notes: [
      {
        ko: '키는 다시 볼 수 없습니다. 안전하게 보관하고, 이 안내서를 전자우편 본문으로 보내지 마십시오.',
        en: 'The key cannot be shown again. Keep it safe, and do not send this sheet as plain e-mail.',
      },
      {
        ko: '키를 바꿀 때는 새 키를 받아 적용한 뒤 옛 키를 폐기합니다. 두 키가 함께 유효합니다.',
        en: 'To change keys: get a new one, put it to use, then have the old one revoked. Both are valid meanwhile.',
      },
      {
        ko: '같은 Idempotency-Key로 다시 보내면 두 번 처리되지 않습니다. 요청마다 새 키(UUID)를 쓰십시오.',
        en: 'Sending again with the same Idempotency-Key does nothing twice. Use a new key (a UUID) for each request.',
      },
    ],
  };
}

function toCredentials({
  agency,
  key,
  keyId,
  expiresAt,
  scopes,
  signingSecret,
  webhookSecret,
}: ConnectionFacts): SheetRow[] {
  const { networks, requestsPerMinute, signed } = agency.doors ?? {};
  const never = '없음 / never';
  return [
    row(['기관 코드', 'Agency code'], agency.code),
    row(['API 키', 'API key'], key, true),
    row(['키 번호 (keyid)', 'Id of the key (keyid)'], keyId),
    row(['만료', 'Expires'], expiresAt ? toSeoulDay(expiresAt) : never),
    row(['권한', 'Scopes'], scopes.join(', ')),
    ...(signingSecret
      ? [
          row(
            [
              signed ? '서명 비밀 (필수), WS-Security 암호' : '서명 비밀 (선택), WS-Security 암호',
              'Secret for signed requests and WS-Security digests',
            ],
            signingSecret,
            true,
          ),
        ]
      : []),
    ...(networks ? [row(['허용된 네트워크', 'Allowed networks'], networks.join(', '))] : []),
    ...(requestsPerMinute ? [row(['분당 요청', 'Requests a minute'], String(requestsPerMinute))] : []),
    row(['변경 수신', 'Changes for you'], toWayOfChanges(agency)),
    ...(webhookSecret
      ? [row(['웹훅 서명 확인 비밀', 'Secret to check webhook signatures with'], webhookSecret, true)]
      : []),
  ];
}

function toWayOfChanges({ feed, board }: Agency): string {
  if (feed) return 'GET /api/v1/changes';
  if (board?.adapter === 'webhook')
    return `웹훅으로 전달 / pushed as CloudEvents: POST ${board.settings.url}`;
  return board ? '게시판으로 전달 / brought to your board' : '허브 화면 / on the hub’s screens';
}

export const toSeoulDay = (at: Date): string =>
  `${new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Seoul', dateStyle: 'short', timeStyle: 'short' }).format(at)} (KST)`;

/** The sheet as plain text, for a terminal or a file. */
export function toSheetText({ ko, en, sections, notes }: ConnectionSheet): string {
  const lines = sections.flatMap((section) => [
    '',
    `■ ${section.ko} / ${section.en}`,
    ...section.rows.map((one) => `  ${labelOf(one)}: ${one.value}`),
    ...(section.code ? section.code.split('\n').map((line) => `  ${line}`) : []),
  ]);
  return [ko, en, ...lines, '', ...notes.flatMap((note) => [`- ${note.ko}`, `  ${note.en}`]), ''].join('\n');
}

const labelOf = ({ ko, en }: SheetRow) => (ko === en ? ko : `${ko} / ${en}`);
