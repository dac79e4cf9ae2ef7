import { randomUUID } from 'node:crypto';
import type { Directory } from '../../../hub/configuration/directory.ts';
import type {
  Agency,
  Complaint,
  ComplaintContent,
  ComplaintEvent,
  EventData,
  EventType,
} from '../../../schemas/index.ts';

const agencies: Agency[] = [
  {
    code: 'hanam',
    name: { ko: '하남시청', en: 'Hanam City Hall' },
    phone: '+82317901234',
    officers: [
      { name: '김담당', department: '도로과', email: 'kim@hanam.example.kr', phone: '+821011112222' },
      { name: '이담당', phone: '+821098765432', notifyBy: 'sms', language: 'en' },
    ],
  },
  {
    code: 'paju',
    name: { ko: '파주시청' },
    officers: [{ name: '박담당', email: 'park@paju.example.kr' }],
  },
];

export function directoryOf(list: Agency[] = agencies): Directory {
  return {
    findAgency: (code) => list.find((agency) => agency.code === code),
    listAgencies: () => list,
    routing: () => ({ rules: [], default: 'hanam' }),
  };
}

export function complaintOf(
  content: Partial<ComplaintContent> = {},
  parts: Partial<Complaint> = {},
): Complaint {
  return {
    id: randomUUID(),
    receiptNumber: '2611-0000017-4',
    origin: 'hanam',
    assignee: 'hanam',
    status: 'assigned',
    registeredAt: '2026-11-20T02:59:00Z',
    dueAt: '2026-11-27T09:00:00Z',
    lastSeq: 2,
    ...parts,
    content: {
      title: '보도블록 파손',
      body: '하남대로 보도블록이 깨져 있습니다.',
      kind: 'query',
      complainant: { name: '홍길동', email: 'hong@example.kr' },
      filedAt: '2026-11-20T02:58:00Z',
      ...content,
    },
  };
}

export function eventOf<T extends EventType>(seq: number, type: T, data?: EventData<T>): ComplaintEvent {
  return {
    complaintId: randomUUID(),
    seq,
    at: '2026-11-20T03:00:00Z',
    actor: { agency: 'hanam', via: 'board' },
    type,
    data: data ?? { content: complaintOf().content },
  } as unknown as ComplaintEvent;
}
