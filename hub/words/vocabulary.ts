import {
  type Channel,
  type ComplaintKind,
  type ContributionKind,
  type ContributionState,
  type HistoryType,
  type Language,
  type PartRole,
  type Stage,
  type Status,
  stepNames,
} from '../../schemas/index.ts';

type Word = readonly [ko: string, en: string];
type Words<Name extends string = string> = Readonly<Record<Name, Word>>;

/** The one vocabulary, by area: the words of the domain in Korean and in English. */
export const vocabulary = {
  agency: {
    'sign-in': ['로그인', 'Sign-in'],
    'personal-data': ['개인정보 보호', 'Personal data'],
    hub: ['민원상담센터', 'Contact centre'],
    'trial-desk': ['시험 처리 창구', 'Trial desk'],
  },
  status: {
    received: ['접수', 'Received'],
    assigned: ['배정', 'Assigned'],
    in_progress: ['처리 중', 'In progress'],
    supplement_requested: ['보완 요구', 'Supplement requested'],
    answered: ['답변 완료', 'Answered'],
    closed: ['종결', 'Closed'],
    transferred: ['이송', 'Transferred'],
    withdrawn: ['취하', 'Withdrawn'],
    rejected: ['반려', 'Rejected'],
    merged: ['병합', 'Merged'],
  } satisfies Words<Status>,
  kind: {
    law_query: ['법령 질의', 'Query about law'],
    query: ['질의', 'Query'],
    suggestion: ['건의', 'Suggestion'],
    other: ['기타', 'Other'],
    grievance: ['고충', 'Grievance'],
    statutory: ['법정', 'Statutory'],
  } satisfies Words<ComplaintKind>,
  deadline: {
    open: ['미답변 (기한순)', 'Unanswered, by deadline'],
    near: ['24시간 안에 기한', 'Due within 24 hours'],
    overdue: ['기한 지남', 'Overdue'],
    today: ['오늘 기한', 'Due today'],
    week: ['이번 주 기한', 'Due this week'],
    fresh: ['새 민원', 'New'],
    waiting: ['대기 (처리기간 정지)', 'Waiting, clock stopped'],
    later: ['그 뒤 또는 기한 없음', 'Later, or no deadline'],
    none: ['기한 없음', 'No deadline'],
  },
  link_role: {
    origin: ['접수기관', 'Origin'],
    assignee: ['처리기관', 'Assignee'],
    copy: ['공유기관', 'Copy'],
    part: ['협조기관', 'Asked to contribute'],
  } satisfies Words<PartRole>,
  channel: {
    email: ['전자우편', 'E-mail'],
    sms: ['문자', 'Text message'],
    webhook: ['웹훅', 'Webhook'],
  } satisfies Words<Channel | 'webhook'>,
  language: {
    ko: ['한국어', 'Korean'],
    en: ['영어', 'English'],
  } satisfies Words<Language>,
  audience: {
    complainant: ['민원인', 'Complainant'],
    officer: ['담당자', 'Officer'],
  },
  role: {
    administrator: ['관리자', 'Administrator'],
    counsellor: ['상담원', 'Counsellor'],
    officer: ['기관 담당자', 'Agency officer'],
    auditor: ['감사자', 'Auditor'],
    engineer: ['연계 담당자', 'Agency engineer'],
  },
  event: {
    registered: ['접수', 'Registered'],
    revised: ['내용 수정', 'Content revised'],
    assigned: ['배정', 'Assigned'],
    transferred: ['이송', 'Transferred'],
    status_changed: ['상태 변경', 'Status changed'],
    interim_answered: ['중간 회신', 'Interim answer'],
    answered: ['답변', 'Answer'],
    followed_up: ['추가 질의', 'Follow-up'],
    step_taken: ['처리 절차', 'Step of the procedure'],
    withdrawn: ['취하', 'Withdrawn'],
    contributed: ['기관 간 협조', 'Between agencies'],
  } satisfies Words<HistoryType>,
  step: stepNames,
  stop_ground: {
    supplement: ['보완 요구', 'supplement'],
    hearing: ['의견청취', 'hearing'],
    review: ['실험·검사·감정, 기술검토', 'tests, technical review'],
    representatives: ['대표자 선정', 'choice of representatives'],
    transfer: ['원거리 이송', 'long-distance transfer'],
    precondition: ['선행사무', 'precondition'],
    survey: ['실지조사', 'survey'],
  },
  clock_phase: {
    none: ['처리기간 없음', 'No period'],
    running: ['진행 중', 'Running'],
    stopped: ['정지', 'Stopped'],
    ended: ['처리 마침', 'Ended'],
  },
  clock_step: {
    started: ['접수', 'Taken in'],
    restarted: ['다시 시작', 'Begun anew'],
    classified: ['민원 종류 변경', 'Kind changed'],
    stopped: ['정지', 'Stop'],
    resumed: ['재개', 'Goes on'],
    extended: ['처리기간 연장', 'Extension'],
    survey_extended: ['실지조사 연장', 'Survey extended'],
    ended: ['처리 마침', 'End'],
  },
  clock_effect: {
    counted: ['산입', 'counts'],
    stopped: ['정지', 'stops'],
    extended: ['연장', 'longer'],
    changed: ['기간 변경', 'another period'],
    ended: ['끝', 'ends'],
    late: ['늦음 (기한 변동 없음)', 'too late, moves nothing'],
    idle: ['변동 없음', 'moves nothing'],
  },
  /** The articles of the Civil Complaints Treatment Act and its Enforcement Decree. */
  clock_article: {
    start: ['법 제19조', 'Act, article 19'],
    kind: ['시행령 제14조~제17조', 'Decree, articles 14 to 17'],
    supplement: ['시행령 제20조·제24조', 'Decree, articles 20 and 24'],
    stop: ['시행령 제20조', 'Decree, article 20'],
    survey: ['시행령 제17조', 'Decree, article 17'],
    extension: ['시행령 제21조', 'Decree, article 21'],
    objection: ['법 제35조', 'Act, article 35'],
    end: ['법 제27조', 'Act, article 27'],
  },
  /** The same, of each step: schemas/steps/step-facts.ts. */
  article: {
    'Decree, article 6': ['시행령 제6조', 'Decree, article 6'],
    'Decree, article 8': ['시행령 제8조', 'Decree, article 8'],
    'Act, article 9': ['법 제9조', 'Act, article 9'],
    'Decree, article 13': ['시행령 제13조', 'Decree, article 13'],
    'Decree, articles 14 to 17': ['시행령 제14조~제17조', 'Decree, articles 14 to 17'],
    'Decree, article 17': ['시행령 제17조', 'Decree, article 17'],
    'Decree, article 20': ['시행령 제20조', 'Decree, article 20'],
    'Decree, article 21': ['시행령 제21조', 'Decree, article 21'],
    'Decree, article 23': ['시행령 제23조', 'Decree, article 23'],
    'Decree, articles 23 and 28': ['시행령 제23조·제28조', 'Decree, articles 23 and 28'],
    'Decree, article 24': ['시행령 제24조', 'Decree, article 24'],
    'Decree, article 25': ['시행령 제25조', 'Decree, article 25'],
    'Act, article 20': ['법 제20조', 'Act, article 20'],
    'Act, articles 20 and 31': ['법 제20조·제31조', 'Act, articles 20 and 31'],
    'Act, article 23': ['법 제23조', 'Act, article 23'],
    'Act, article 27': ['법 제27조', 'Act, article 27'],
    'Act, article 35': ['법 제35조', 'Act, article 35'],
  },
  contribution_kind: {
    part: ['분담', 'Part'],
    cooperation: ['협조', 'Cooperation'],
  } satisfies Words<ContributionKind>,
  contribution_state: {
    asked: ['회신 대기', 'Awaited'],
    answered: ['회신', 'Replied'],
    refused: ['거절', 'Refused'],
    taken_back: ['회수', 'Taken back'],
  } satisfies Words<ContributionState>,
  unit: { days: ['일', 'days'], hours: ['시간', 'hours'] },
  objection_outcome: {
    upheld: ['인용', 'Upheld'],
    partly_upheld: ['일부 인용', 'Partly upheld'],
    dismissed: ['기각', 'Dismissed'],
  },
  owner: {
    mine: ['나', 'Me'],
    covered: ['부재자 대리', 'As a deputy'],
    department: ['우리 부서', 'My department'],
    nobody: ['담당자 없음', 'Nobody yet'],
    gone: ['떠난 담당자', 'An officer who left'],
    unstaffed: ['사람이 없는 부서', 'A department without people'],
  },
  via: {
    board: ['기관 게시판', 'Agency board'],
    poll: ['기관 게시판', 'Agency board'],
    console: ['통합 화면', 'Console'],
    rest: ['REST', 'REST'],
    soap: ['SOAP', 'SOAP'],
    hub: ['자동', 'Automatic'],
  },
  rule: {
    default: ['기본 기관', 'default agency'],
    origin: ['접수기관 처리', 'stays with the origin'],
    person: ['담당자 지정', 'decided by a person'],
  },
  notice_state: {
    due: ['발송 대기', 'Waiting'],
    sent: ['발송 완료', 'Sent'],
    failed: ['발송 실패', 'Failed'],
    unreachable: ['연락처 없음', 'No address'],
    kept: ['보관됨 (보내지 않음)', 'Kept here, not sent'],
    awaited: ['전달 결과 대기', 'Sent, report awaited'],
    delivered: ['전달 확인', 'Delivered'],
    undelivered: ['전달 실패', 'Not delivered'],
    unconfirmed: ['전달 미확인', 'Not confirmed'],
  },
  outcome: {
    started: ['진행 중', 'Under way'],
    done: ['성공', 'Done'],
    retry: ['재시도 예정', 'To be retried'],
    refused: ['거절', 'Refused'],
    unknown: ['결과 불명', 'Unknown'],
    skipped: ['건너뜀', 'Skipped'],
  },
  board_state: {
    well: ['정상', 'Well'],
    screen: ['화면 이용', 'Uses the console'],
    parked: ['보류 있음', 'Something parked'],
    troubled: ['오류', 'Trouble'],
    closed: ['연계 차단', 'Circuit open'],
    half_open: ['복구 확인 중', 'Half open'],
    busy: ['기관 요청으로 대기', 'Asked to wait'],
    maintenance: ['점검 중', 'Under maintenance'],
  },
  stage: {
    rehearsal: ['예행연습', 'Rehearsal'],
    trial: ['시험', 'Trial'],
    live: ['운영', 'Live'],
  } satisfies Words<Stage>,
  per: {
    second: ['초', 'second'],
    minute: ['분', 'minute'],
  },
  day: {
    mon: ['월', 'Mon'],
    tue: ['화', 'Tue'],
    wed: ['수', 'Wed'],
    thu: ['목', 'Thu'],
    fri: ['금', 'Fri'],
    sat: ['토', 'Sat'],
    sun: ['일', 'Sun'],
  },
  template: {
    registered: ['접수 안내', 'Registered'],
    transferred: ['이송 안내', 'Transferred'],
    'interim-answered': ['중간 회신 안내', 'Interim answer'],
    answered: ['답변 안내', 'Answered'],
    step: ['처리 절차 안내', 'Step of the procedure'],
    delayed: ['지연 안내', 'Delayed'],
    'new-complaint': ['새 민원', 'New complaint'],
    'follow-up': ['추가 질의', 'Follow-up'],
    'step-came': ['보완·이의신청 도착', 'Supplement or objection'],
    contribution: ['기관 간 협조', 'Between agencies'],
    withdrawn: ['취하', 'Withdrawn'],
    'deadline-near': ['기한 임박', 'Deadline near'],
    overdue: ['기한 지남', 'Overdue'],
    owed: ['할 일 알림', 'Something owed'],
    reminder: ['독촉장', 'Reminder letter'],
  },
  duty: {
    progress: [
      '처리 진행 상황을 민원인에게 알리십시오(시행령 제23조).',
      'Tell the complainant of the progress (Decree, article 23).',
    ],
    return: [
      '보완 기한이 지났습니다. 민원을 되돌려 보낼 수 있습니다(시행령 제25조).',
      'The time to supplement is over. The complaint may be returned (Decree, article 25).',
    ],
    review: [
      '장기 반영 계획을 점검하고 결과를 민원인에게 알리십시오(시행령 제23조).',
      'Review the long-term plan and tell the complainant (Decree, article 23).',
    ],
    reply: [
      '다른 기관이 요청한 회신의 기한이 지났습니다. 회신하거나 거절하십시오(법 제20조).',
      'The time to reply to another agency is over. Reply, or refuse (Act, article 20).',
    ],
    missing: [
      '다른 기관에 요청한 회신이 기한까지 오지 않았습니다(법 제20조).',
      'The reply that another agency was asked for did not come in time (Act, article 20).',
    ],
  },
  identifier: {
    rrn: ['주민등록번호', 'resident registration number'],
    foreigner: ['외국인등록번호', 'foreigner’s registration number'],
    passport: ['여권번호', 'passport number'],
    licence: ['운전면허번호', 'driving licence number'],
    card: ['카드번호', 'card number'],
    account: ['계좌번호', 'account number'],
  },
  file_state: {
    wanted: ['가져오는 중', 'Still to come'],
    failed: ['가져오지 못함', 'Not fetched'],
    refused: ['받지 않음', 'Not taken'],
    withheld: ['보류: 고유식별번호가 있음', 'Held back: numbers stand in it'],
  },
  file_delivery: {
    waiting: ['게시판에 올리는 중', 'on its way to the board'],
    parked: ['게시판에 올리지 못함', 'not brought to the board'],
    skipped: ['게시판에 올리지 않음', 'left out on the board'],
  },
} as const satisfies Record<string, Words>;

type Vocabulary = typeof vocabulary;

/** One word in the reader's language. */
export function toWord<Area extends keyof Vocabulary>(
  area: Area,
  name: keyof Vocabulary[Area],
  language: Language,
): string {
  const word = vocabulary[area][name] as Word;
  return word[language === 'ko' ? 0 : 1];
}

/** All words by their keys, as `status.received`. */
export const listWords = (): Words =>
  Object.fromEntries(
    Object.entries<Words>(vocabulary).flatMap(([area, words]) =>
      Object.entries(words).map(([name, word]) => [`${area}.${name}`, word]),
    ),
  );
