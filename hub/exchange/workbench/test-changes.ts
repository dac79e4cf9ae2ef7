import { randomInt } from 'node:crypto';
import type { Change } from '../../../adapters/contract.ts';
import type {
  Answer,
  Complaint,
  ComplaintContent,
  ComplaintEvent,
  EventType,
  Step,
} from '../../../schemas/index.ts';
import { toReceiptNumber } from '../../complaints/receipt-number.ts';
import { newId } from '../../store/new-id.ts';
import { toSampleChanges } from '../boards/sample-changes.ts';
import { drawMark, toMarkText } from '../rehearsal/test-register.ts';

/** The sample of the workbench, marked as a test, as it may be sent for real. */
export interface TestChanges {
  mark: string;
  receiptNumber: string;
  /** The event that was asked for, after the registration that a board needs before it. */
  changes: Change[];
}

/** Test numbers begin with 9; those of test complaints count up from the other end. */
const firstSerial = 99_000_000;
const serials = 1_000_000;

const officer = { department: '시험', name: '시험', contact: '02-000-0000' };

export function toTestChanges(agency: string, type: EventType, now: Date): TestChanges {
  const mark = drawMark();
  const at = now.toISOString();
  const receiptNumber = toReceiptNumber(firstSerial + randomInt(serials), now.getFullYear());
  const id = newId();
  const toChange = (change: Change): Change => ({
    ...change,
    event: { ...markEvent(change.event, mark, at), complaintId: id, at },
    complaint: markComplaint({ ...change.complaint, id, receiptNumber, registeredAt: at }, mark, at),
  });
  const wanted = toSampleChanges(agency).filter(
    ({ event }) => event.type === 'registered' || event.type === type,
  );
  return { mark, receiptNumber, changes: wanted.map(toChange) };
}

function markComplaint(
  { originNumber: _none, ...complaint }: Complaint,
  mark: string,
  at: string,
): Complaint {
  return { ...complaint, content: markContent(complaint.content, mark, at) };
}

/** No person can be reached by it: the domain is reserved (RFC 2606), and no such number is given out (010-0000). */
function markContent(content: ComplaintContent, mark: string, at: string): ComplaintContent {
  const { attachments: _none, ...rest } = content;
  return {
    ...rest,
    title: `${toMarkText(mark)} ${content.title}`,
    body: `시험입니다. 처리하지 마십시오. This is a test: do nothing about it. ${mark}\n\n${content.body}`,
    complainant: {
      name: '시험',
      company: '시험',
      email: 'test@example.com',
      phone: '+821000000001',
      notifyBy: 'email',
      language: 'ko',
    },
    filedAt: at,
  };
}

function markEvent(event: ComplaintEvent, mark: string, at: string): ComplaintEvent {
  const say = (text: string) => `${toMarkText(mark)} ${text}`;
  const answer = (given: Answer): Answer => ({ ...given, text: say(given.text), answeredAt: at, officer });
  switch (event.type) {
    case 'registered':
    case 'revised':
      return { ...event, data: { content: markContent(event.data.content, mark, at) } };
    case 'transferred':
      return { ...event, data: { ...event.data, reason: say(event.data.reason) } };
    case 'interim_answered':
    case 'answered':
      return { ...event, data: { answer: answer(event.data.answer) } };
    case 'followed_up':
      return {
        ...event,
        data: { followUp: { ...event.data.followUp, text: say(event.data.followUp.text) } },
      };
    case 'step_taken': {
      const { step } = event.data;
      const said = 'text' in step ? { text: say(step.text) } : {};
      return { ...event, data: { step: { ...step, ...said, at, by: officer } as Step } };
    }
    case 'withdrawn':
      return { ...event, data: { reason: say(event.data.reason ?? '') } };
    default:
      return event;
  }
}
