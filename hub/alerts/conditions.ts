const second = 1_000;
const minute = 60 * second;

/** Who a condition concerns: the agency that it was found on, the operator of the hub, or both. */
type Concerned = 'agency' | 'operator';

interface Condition {
  /** Milliseconds between two looks, over all processes. */
  every: number;
  /** Milliseconds for which it must be found before anybody is told. Shorter trouble does not count. */
  after: number;
  /** Milliseconds for which it must be gone before it counts as ended. */
  settle: number;
  tells: readonly Concerned[];
  /** The message names the agency's first officer, who owns it. */
  namesOwner?: true;
  /** The page where it is repaired. Absent: that of the agency. */
  place?: string;
  /** Its items are ids of parked items, or receipt numbers. */
  namesItems?: true;
  /** Korean and English. */
  words: readonly [ko: string, en: string];
}

const oftenLooked = { every: 10 * second, settle: 10 * minute } as const;
const seldomLooked = { every: minute, after: 0, settle: 10 * minute } as const;

/**
 * Everything that can be wrong: the one table of conditions. find-conditions.ts says how each is found. `tells` names
 * who can repair it: the agency for its board or desk, the operator for the rest, sometimes both.
 */
export const conditions = {
  'board-away': {
    ...oftenLooked,
    after: 5 * minute,
    tells: ['agency', 'operator'],
    words: ['게시판에 연결되지 않음', 'Board out of reach'],
  },
  'agent-silent': {
    ...oftenLooked,
    after: 0,
    tells: ['agency', 'operator'],
    words: ['설치형 모듈이 응답하지 않음', 'Agent is silent'],
  },
  'agent-clock': {
    ...seldomLooked,
    tells: ['agency'],
    words: ['설치형 모듈의 시계가 1분 넘게 다름', 'Clock of the agent is off by more than a minute'],
  },
  'agent-configuration': {
    ...seldomLooked,
    tells: ['agency', 'operator'],
    words: ['설치형 모듈이 새 설정을 되돌림', 'Agent rolled its configuration back'],
  },
  'agent-certificate': {
    ...seldomLooked,
    tells: ['operator'],
    words: ['허브 인증서가 2주 안에 만료', 'Certificate that the agent sees ends within two weeks'],
  },
  'agent-backlog': {
    ...seldomLooked,
    tells: ['agency', 'operator'],
    words: ['설치형 모듈에 30분 넘게 대기', 'Something waits at the agent for more than 30 minutes'],
  },
  'credentials-refused': {
    ...oftenLooked,
    after: 0,
    settle: 0,
    tells: ['agency', 'operator'],
    namesOwner: true,
    words: [
      '게시판이 허브의 인증을 거절하여 연계 중지',
      'Credentials refused by the board: nothing is exchanged with it',
    ],
  },
  backlog: {
    ...seldomLooked,
    tells: ['operator'],
    words: ['30분 넘게 전달 대기', 'Deliveries waiting for more than 30 minutes'],
  },
  'outcome-unknown': {
    ...seldomLooked,
    tells: ['operator'],
    words: ['전달 결과 불명 15분 초과', 'Outcome unknown for more than 15 minutes'],
  },
  'poll-stalled': {
    ...oftenLooked,
    after: 5 * minute,
    tells: ['operator'],
    words: ['게시판 수집이 멈춤', 'Board is not being read'],
  },
  'adapter-missing': {
    ...oftenLooked,
    after: 0,
    settle: 0,
    tells: ['agency', 'operator'],
    words: ['연계 모듈이 거절되었거나 없음', 'The adapter of the board was refused, or is not there'],
  },
  'board-paging': {
    ...seldomLooked,
    // Rows that shift while they are read can look so for a moment.
    after: 10 * minute,
    tells: ['operator'],
    words: ['게시판이 목록을 나누어 주지 않음', 'The board does not divide its list as it should'],
  },
  'board-changed': {
    // The finding changes only when the board is looked at.
    every: 10 * second,
    after: 0,
    settle: 0,
    tells: ['operator'],
    words: [
      '게시판 구조가 바뀌어 연계 설정에 영향',
      'The board has changed where its configuration depends on it',
    ],
  },
  'items-parked': {
    ...seldomLooked,
    tells: ['operator'],
    place: '/parked',
    namesItems: true,
    words: ['받은 자료 보류', 'Received items parked'],
  },
  'mails-parked': {
    ...seldomLooked,
    tells: ['agency', 'operator'],
    place: '/parked',
    namesItems: true,
    words: [
      '도착하지 못했거나 누구의 것인지 모르는 메일',
      'Mails that did not arrive, or of which nobody knows who wrote them',
    ],
  },
  'links-parked': {
    ...seldomLooked,
    tells: ['agency', 'operator'],
    place: '/parked',
    words: ['게시판이 거절하여 전달 보류', 'Deliveries refused by the board and parked'],
  },
  'webhooks-away': {
    ...oftenLooked,
    after: 5 * minute,
    tells: ['agency', 'operator'],
    words: ['웹훅을 받는 프로그램에 연결되지 않음', 'Receivers of webhooks out of reach'],
  },
  'webhooks-parked': {
    ...seldomLooked,
    tells: ['agency', 'operator'],
    place: '/repairs/webhooks',
    words: ['받는 프로그램이 거절하여 웹훅 보류', 'Webhooks refused by their receiver and parked'],
  },
  'notices-failed': {
    ...seldomLooked,
    tells: ['operator'],
    place: '/outbox?state=failed',
    words: ['알림 발송 실패', 'Notices failed'],
  },
  'provider-failing': {
    ...oftenLooked,
    after: 5 * minute,
    tells: ['operator'],
    place: '/outbox?state=due',
    words: ['알림 발송 서버 이상', 'Notices cannot be sent'],
  },
  'texts-undelivered': {
    ...seldomLooked,
    tells: ['operator'],
    place: '/outbox?state=undelivered',
    words: ['도달하지 않은 문자가 많음', 'Many texts were not delivered'],
  },
  'reports-stopped': {
    ...seldomLooked,
    tells: ['operator'],
    words: ['문자 전달 결과가 오지 않음', 'No reports on the delivery of texts come any more'],
  },
  'registration-late': {
    ...seldomLooked,
    tells: ['agency', 'operator'],
    place: '/parked',
    namesItems: true,
    words: [
      '8근무시간이 지나도록 접수하지 못한 민원(시행령 제6조)',
      'Complaints not registered within 8 working hours (Decree, article 6)',
    ],
  },
  'handing-late': {
    ...seldomLooked,
    tells: ['agency', 'operator'],
    place: '/?deadline=fresh',
    words: [
      '1근무시간이 지나도록 담당 부서에 넘기지 않은 민원(시행령 제13조)',
      'Complaints not handed to a department within a working hour (Decree, article 13)',
    ],
  },
  'transfer-late': {
    ...seldomLooked,
    tells: ['operator'],
    words: [
      '8근무시간을 넘겨 이송한 민원(시행령 제13조)',
      'Complaints transferred after more than 8 working hours (Decree, article 13)',
    ],
  },
  'sign-in-attack': {
    ...oftenLooked,
    after: 0,
    tells: ['operator'],
    words: [
      '로그인 실패가 많아 일부 시도를 막음',
      'Many wrong passwords: some tries to sign in are turned away',
    ],
  },
  'break-glass': {
    ...oftenLooked,
    after: 0,
    tells: ['operator'],
    words: ['비상 계정으로 로그인함', 'The break-glass account was used'],
  },
  'sign-on-certificate': {
    every: 60 * minute,
    after: 0,
    // A provider that does not answer for a while says nothing of its certificates.
    settle: 24 * 60 * minute,
    tells: ['operator'],
    words: ['통합 로그인 인증서가 30일 안에 만료', 'Certificate of an identity provider ends within 30 days'],
  },
  'unforeseen-access': {
    ...seldomLooked,
    tells: ['operator'],
    place: '/access-log',
    words: [
      '목적이 정해지지 않은 개인정보 열람(프로그램 수정 필요)',
      'Personal data was read where no purpose was foreseen: the program has to be mended',
    ],
  },
  'request-late': {
    ...seldomLooked,
    tells: ['operator'],
    place: '/subject-requests',
    words: [
      '10일이 지나도록 답하지 않은 개인정보 열람 등 요구(개인정보 보호법 시행령 제41조)',
      'Requests about own data not answered within 10 days (Decree of the Personal Information Protection Act, article 41)',
    ],
  },
  'request-soon': {
    ...seldomLooked,
    tells: ['operator'],
    place: '/subject-requests',
    words: [
      '3일 안에 답할 개인정보 열람 등 요구',
      'Requests about own data to be answered within three days',
    ],
  },
  'deadline-passed': {
    ...seldomLooked,
    tells: ['agency'],
    place: '/?deadline=overdue',
    words: ['기한이 하루 넘게 지난 미착수 민원', 'Complaints a day overdue that nobody has begun'],
  },
  'ledger-difference': {
    every: 10 * minute,
    after: 0,
    settle: 0,
    tells: ['operator'],
    place: '/ledger',
    words: ['대장 불일치', 'The ledger does not balance'],
  },
} as const satisfies Record<string, Condition>;

export type ConditionName = keyof typeof conditions;
export const conditionNames = Object.keys(conditions) as ConditionName[];
export const getCondition = (name: ConditionName): Condition => conditions[name];

/** When messages go out. It is the same for every audience. */
export const messagePolicy = {
  /** Milliseconds to gather alerts that begin or end together: 200 agencies that fail at once are one message. */
  gather: minute,
  /** The least milliseconds between two messages to one audience. */
  pause: 5 * minute,
  /** Milliseconds between two digests of lasting alerts. */
  digest: 6 * 60 * minute,
  /** An alert that comes back within so many milliseconds of its end has to be gone twice as long the next time. */
  calm: 24 * 60 * minute,
};
export type MessagePolicy = typeof messagePolicy;
