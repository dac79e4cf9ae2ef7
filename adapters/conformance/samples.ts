import type { Complaint, ComplaintContent, NewEvent } from '../../schemas/index.ts';
import type { BoardRef, Change } from '../contract.ts';

/** A complaint that another agency received. The person is invented. */
const content: ComplaintContent = {
  title: '수출 바우처 신청 기한 문의',
  body: '수출 바우처를 신청하려고 합니다.\n\n기한이 언제까지인가요? 5 < 6 & "따옴표"',
  kind: 'query',
  category: '수출',
  region: '부산',
  complainant: {
    name: '이한빛',
    company: '한빛무역',
    email: 'lee@company.example',
    phone: '+821098765432',
    notifyBy: 'email',
    language: 'ko',
  },
  filedAt: '2026-11-20T09:30:00+09:00',
};

const complaint: Complaint = {
  id: '01934a52-7c3e-7000-8000-000000000001',
  receiptNumber: '26-0000017-4',
  origin: 'hub',
  assignee: 'sbiz',
  status: 'assigned',
  content,
  registeredAt: '2026-11-20T09:30:00+09:00',
  lastSeq: 3,
};

export const samples = {
  registered: { type: 'registered', data: { content } },
  answered: {
    type: 'answered',
    data: {
      answer: {
        id: '1',
        text: '12월 31일까지 신청할 수 있습니다.',
        answeredAt: '2026-11-20T10:00:00+09:00',
        officer: { department: '수출지원부', name: '박담당', contact: '02-123-4567' },
      },
    },
  },
  inProgress: { type: 'status_changed', data: { from: 'assigned', to: 'in_progress' } },
} as const satisfies Record<string, NewEvent>;

export const receiptNumber = complaint.receiptNumber;
export const title = content.title;

/** A change with one of the samples. */
export function toChange(event: NewEvent, ref?: BoardRef): Change {
  const envelope = {
    complaintId: complaint.id,
    seq: event.type === 'registered' ? 1 : 2,
    at: '2026-11-20T10:00:00+09:00',
    actor: { agency: 'hub', via: 'hub' as const },
  };
  return { event: { ...envelope, ...event }, complaint, role: 'assignee', ...(ref && { ref }) };
}
