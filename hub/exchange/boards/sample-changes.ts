import type { Change } from '../../../adapters/contract.ts';
import type { Complaint, ComplaintContent, NewEvent, Step } from '../../../schemas/index.ts';

/** An invented complaint with everything that a real one can have, so that a mapping meets every field. */
const content: ComplaintContent = {
  title: '가로등이 꺼져 있습니다',
  body: '공원 입구의 가로등 두 개가 사흘째 꺼져 있습니다.\n밤에 위험합니다. "빨리" 고쳐 주십시오 & 알려 주십시오.',
  kind: 'query',
  category: '도로',
  region: '하남시',
  complainant: {
    name: '이한빛',
    company: '한빛상회',
    email: 'lee@example.com',
    phone: '+821012345678',
    notifyBy: 'email',
    language: 'ko',
  },
  filedAt: '2026-11-20T09:30:00+09:00',
  attachments: [{ id: '1', name: '사진.jpg', mediaType: 'image/jpeg', size: 120_000 }],
};

/** One change for each kind of event. The board holds the post from the second on. */
export function toSampleChanges(agency: string): Change[] {
  const officer = { department: '도로과', name: '김담당', contact: '02-123-4567' };
  const answer = { id: '1', text: '내일 고치겠습니다.', answeredAt: '2026-11-21T10:00:00+09:00', officer };
  const demand: Step = {
    kind: 'supplement_requested',
    text: '가로등의 번호를 알려 주십시오.',
    until: '2026-11-27T18:00:00+09:00',
    at: '2026-11-21T10:00:00+09:00',
    by: officer,
  };
  const events: NewEvent[] = [
    { type: 'registered', data: { content } },
    { type: 'revised', data: { content } },
    { type: 'assigned', data: { to: agency, reason: { rule: '1', text: '도로' } } },
    { type: 'transferred', data: { from: 'hub', to: agency, reason: '소관 업무입니다.' } },
    { type: 'status_changed', data: { from: 'assigned', to: 'in_progress' } },
    { type: 'interim_answered', data: { answer: { ...answer, interim: true } } },
    { type: 'answered', data: { answer } },
    { type: 'followed_up', data: { followUp: { id: '1', text: '언제 고칩니까?' } } },
    { type: 'step_taken', data: { step: demand } },
    { type: 'withdrawn', data: { reason: '해결되었습니다.' } },
  ];
  const complaint: Complaint = {
    id: '01934a52-7c3e-7000-8000-000000000001',
    receiptNumber: '26-0000017-4',
    origin: 'hub',
    originNumber: '2026-1187',
    assignee: agency,
    status: 'assigned',
    content,
    registeredAt: '2026-11-20T09:30:00+09:00',
    lastSeq: events.length,
  };
  return events.map((event, index) => ({
    event: {
      complaintId: complaint.id,
      seq: index + 1,
      at: '2026-11-20T10:00:00+09:00',
      actor: { agency: 'hub', via: 'hub' },
      ...event,
    },
    complaint,
    role: 'assignee',
    ...(index > 0 && { ref: { externalId: '1187' } }),
  }));
}
