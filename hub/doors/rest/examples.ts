/** Example values of the description. Tests check each by its schema. They contain no real person's data. */
const receiptNumber = '26-0000-4711-1';

const contentExample = {
  title: '수출 신고 절차 문의',
  body: '처음 수출하는 업체입니다. 신고에 필요한 서류와 처리기간을 알려 주십시오.',
  kind: 'query',
  category: '수출',
  complainant: {
    name: '김민원',
    company: '민원상사',
    email: 'kim@example.kr',
    phone: '+821012345678',
    notifyBy: 'email',
  },
  filedAt: '2026-11-20T09:30:00+09:00',
};
export const registrationExample = { externalId: 'VOC-2026-000123', content: contentExample };
export const receiptExample = {
  outcome: 'applied',
  id: '019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f',
  receiptNumber,
  lastSeq: 2,
};
export const complaintExample = {
  id: receiptExample.id,
  receiptNumber,
  origin: 'kotra',
  assignee: 'customs',
  status: 'assigned',
  content: contentExample,
  registeredAt: '2026-11-20T00:31:05.120Z',
  takenInAt: '2026-11-20T00:30:00.000Z',
  dueAt: '2026-11-30T09:00:00.000Z',
  officer: { department: '통관과', name: '이담당', contact: '02-123-4567' },
  clock: { phase: 'running', unit: 'days', total: 7 },
  lastSeq: 3,
};
export const answerExample = {
  id: 'A-77',
  text: '수출신고서와 송품장을 제출하시면 3일 안에 처리됩니다.',
  answeredAt: '2026-11-23T14:00:00+09:00',
  officer: { department: '통관과', name: '이담당', contact: '02-123-4567' },
};
export const interimAnswerExample = { text: '관계 부서와 협의하고 있습니다. 12월 1일까지 답변드리겠습니다.' };
export const followUpExample = { id: 'F-1', text: '송품장 서식은 어디에 있습니까?' };
export const statusExample = { status: 'in_progress' };
export const transferExample = { to: 'customs', reason: '관세청 소관 업무입니다.' };
export const withdrawalExample = { reason: '민원인이 취하하였습니다.' };
export const stepExample = {
  kind: 'extended',
  days: 5,
  reason: '관계 기관의 현장 확인이 필요합니다.',
  by: { department: '통관과', name: '이담당', contact: '02-123-4567' },
};
export const clockExample = {
  receiptNumber,
  at: '2026-11-26T05:00:00.000Z',
  phase: 'running',
  startedAt: complaintExample.takenInAt,
  dueAt: '2026-12-07T09:00:00.000Z',
  unit: 'days',
  total: 12,
  used: 5,
  left: 7,
  overdue: false,
  over: 0,
  grounds: [],
  article: 'Decree, article 14',
  lines: [
    {
      at: complaintExample.takenInAt,
      step: 'started',
      name: { ko: '처리기간 시작', en: 'Clock started' },
      effect: 'counted',
      dueAt: complaintExample.dueAt,
      article: 'Act, article 19',
      kind: 'query',
    },
    {
      at: '2026-11-25T02:10:00.000Z',
      step: 'extended',
      name: { ko: '처리기간 연장', en: 'Deadline extended' },
      effect: 'counted',
      dueAt: '2026-12-07T09:00:00.000Z',
      article: 'Decree, article 21',
      days: 5,
    },
  ],
};
export const contentOnlyExample = contentExample;
export const searchExample = {
  complaints: [
    {
      id: receiptExample.id,
      receiptNumber,
      title: contentExample.title,
      kind: 'query',
      status: 'assigned',
      origin: 'kotra',
      assignee: 'customs',
      registeredAt: complaintExample.registeredAt,
      dueAt: complaintExample.dueAt,
      overdue: false,
    },
  ],
  next: '1763598665120_019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f',
};
const eventExample = {
  seq: 3,
  type: 'answered',
  at: '2026-11-23T05:00:02.000Z',
  by: 'customs',
  answer: answerExample,
};
export const eventsExample = {
  events: [
    {
      seq: 2,
      type: 'assigned',
      at: '2026-11-20T00:31:05.120Z',
      by: 'hub',
      toAgency: 'customs',
      reason: '분류가 수출입니다.',
    },
    eventExample,
    {
      seq: 4,
      type: 'step_taken',
      at: '2026-11-25T02:10:00.000Z',
      by: 'customs',
      step: { kind: 'closed', reason: '추가 질의가 없어 종결합니다.' },
    },
  ],
};
const askedExample = {
  number: 1,
  kind: 'part',
  by: 'customs',
  askedAt: '2026-11-24T01:00:00.000Z',
  dueAt: '2026-11-27T09:00:00.000Z',
};
export const contributionsExample = {
  contributions: [
    {
      ...askedExample,
      to: 'kotra',
      text: '수출 바우처 부분에 대한 답변을 부탁드립니다.',
      state: 'answered',
      overdue: false,
      extended: false,
      shared: false,
      reply: '바우처는 내년 2월에 다시 접수합니다.',
      officer: { department: '수출지원팀', name: '박담당' },
      endedAt: '2026-11-25T02:30:00.000Z',
    },
  ],
};
export const owedContributionsExample = {
  contributions: [{ receiptNumber, title: contentOnlyExample.title, ...askedExample, overdue: false }],
};
export const consentWithdrawalExample = { agency: 'kotra', purpose: 'contact' };
export const consentGivenExample = { ...consentWithdrawalExample, version: '2026-1' };
export const consentExample = {
  ...consentGivenExample,
  items: ['phone', 'email'],
  required: false,
  givenAt: '2026-11-20T00:30:00.000Z',
  until: '2027-11-20T00:30:00.000Z',
  state: 'in_force',
};
export const consentsExample = {
  consents: [{ ...consentExample, onWithdrawal: { stops: ['phone'], stays: ['email'], sent: 1 } }],
};
export const uploadExample = {
  id: '019a9f3c-6a01-7d20-8c1b-2e4f6a8c0d1e',
  name: '사업계획서.pdf',
  mediaType: 'application/pdf',
  size: 48213,
  sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
};
export const attachmentsExample = {
  attachments: [
    {
      id: '019a9f3c-7b12-7e31-9d2c-3f5a7b9d1e2f',
      event: 1,
      agency: 'kotra',
      state: 'held',
      name: uploadExample.name,
      mediaType: uploadExample.mediaType,
      size: uploadExample.size,
      sha256: uploadExample.sha256,
    },
  ],
};
const changeExample = {
  receiptNumber,
  role: 'origin',
  externalId: registrationExample.externalId,
  event: eventExample,
  complaint: { ...complaintExample, status: 'answered', lastSeq: 3 },
};
export const webhookEventExample = {
  specversion: '1.0',
  id: `kotra/${receiptNumber}/3`,
  source: 'https://hub.example',
  type: 'minwon.complaint.answered.v1',
  time: eventExample.at,
  datacontenttype: 'application/json',
  subject: receiptNumber,
  sequence: '0000000003',
  data: changeExample,
};
export const changesExample = {
  changes: [{ cursor: '42', ...changeExample }],
  cursor: '42',
  more: false,
};
export const acknowledgementExample = { upTo: '42' };
export const acknowledgedExample = { acknowledged: 1, outstanding: 0 };
export const batchExample = {
  items: [
    { operation: 'registerComplaint', value: registrationExample },
    { operation: 'addAnswer', receiptNumber, value: answerExample, idempotencyKey: 'answer-77' },
  ],
};
export const batchResultExample = {
  results: [
    { status: 201, receipt: receiptExample },
    {
      status: 404,
      problem: {
        type: 'urn:minwon-hub:problem:not-found',
        title: 'There is nothing here for the caller',
        status: 404,
      },
    },
  ],
};
export const ledgerExample = {
  agency: 'kotra',
  from: '2026-11-20',
  to: '2026-11-20',
  balanced: true,
  days: [
    {
      day: '2026-11-20',
      received: { total: 3, applied: 2, duplicate: 1, parked: 0, discarded: 0, difference: 0 },
      due: { total: 1, held: 1, waiting: 0, parked: 0, difference: 0 },
      notices: { total: 2, sent: 2, kept: 0, waiting: 0, failed: 0, unreachable: 0, difference: 0 },
      balanced: true,
      differences: [],
    },
  ],
};

export const subjectRequestExample = {
  externalId: 'PI-2026-17',
  kind: 'access',
  receivedAt: '2026-12-01T10:00:00+09:00',
  name: '김민원',
  phone: '+821012345678',
  email: 'kim@example.kr',
  wants: '저에 관하여 가지고 있는 것을 모두 보고 싶습니다.',
};
export const subjectRequestStandingExample = {
  number: '12',
  externalId: 'PI-2026-17',
  kind: 'access',
  state: 'received',
  receivedAt: '2026-12-01T01:00:00.000Z',
  dueAt: '2026-12-11T14:59:59.000Z',
  decision: null,
  toldAt: null,
};
