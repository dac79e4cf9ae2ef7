import {
  type Answer,
  type ComplaintEvent,
  type EventType,
  type LinkRole,
  type Officer,
  sayStep,
} from '../../schemas/index.ts';
import type { Change, GivenAttachment } from '../contract.ts';
import { toBoardTime } from '../kit/text/board-time.ts';
import { toHtml } from '../kit/text/plain-text.ts';
import { replyMark } from './mime/strip-quote.ts';

/** The words of a mail: Korean first, with English beside it. */
export interface Letter {
  subject: string;
  text: string;
  html: string;
}

interface Style {
  timeZone: string;
  /** True: it also shows the complainant's phone number and address. */
  showContact: boolean;
}

/** A line of facts, or a heading with a text below. */
type Block =
  | { facts: [label: string, value: string | undefined][] }
  | { heading?: string; text: string; small?: true };

const titles: Record<EventType, string> = {
  registered: '민원',
  revised: '민원 내용 변경',
  assigned: '배정',
  transferred: '이송',
  status_changed: '처리상태',
  interim_answered: '중간 회신',
  answered: '답변',
  followed_up: '추가 질의',
  step_taken: '처리 절차',
  withdrawn: '취하',
};

/** Writes the mail that tells officers of one event. */
export function writeLetter(change: Change, style: Style): Letter {
  const { event, complaint, role } = change;
  const blocks = [...tell(event, change, style), toHowTo(event.type, role)];
  return toLetter(
    titles[event.type],
    complaint,
    blocks.flatMap((block) => block ?? []),
  );
}

/** Writes the mail that carries one file. It belongs to the mail of its event. */
export function writeFileLetter({
  attachment,
  event,
  complaint,
  role,
}: Omit<GivenAttachment, 'content'>): Letter {
  const of = event.type === 'registered' || event.type === 'revised' ? '' : ` · ${titles[event.type]}`;
  const text = `이 메일에 첨부된 파일은 민원 ${complaint.receiptNumber}에 딸린 것입니다.\nThe file attached belongs to complaint ${complaint.receiptNumber}.`;
  const blocks: Block[] = [{ text }, { facts: [['파일 File', attachment.name]] }];
  return toLetter(`첨부${of}`, complaint, [...blocks, toHowTo(event.type, role) ?? []].flat());
}

function toLetter(title: string, { receiptNumber, content }: Change['complaint'], blocks: Block[]): Letter {
  const subject = `[${title} ${receiptNumber}] ${content.title}`.replace(/\s+/g, ' ');
  return {
    subject,
    text: [replyMark, ...blocks.map(toTextBlock)].join('\n\n'),
    html: `<div style="color:#8a949e;font-size:12px">${toInline(replyMark)}</div>${blocks.map(toHtmlBlock).join('')}`,
  };
}

function tell(event: ComplaintEvent, { complaint, role }: Change, style: Style): Block[] {
  const time = (instant: string | undefined) =>
    instant && toBoardTime(instant, 'yyyy-MM-dd HH:mm', style.timeZone);
  const number: [string, string] = ['접수번호 Receipt number', complaint.receiptNumber];
  switch (event.type) {
    case 'registered':
    case 'revised': {
      const { content } = event.data;
      const { name, company, phone, email } = content.complainant;
      return [
        { text: opening(event.type, role) },
        {
          facts: [
            number,
            ['제목 Title', content.title],
            ['민원인 Complainant', [name, company && `(${company})`].filter(Boolean).join(' ')],
            ...(style.showContact
              ? ([['연락처 Contact', [phone, email].filter(Boolean).join(', ')]] as [string, string][])
              : []),
            ['분류 Category', content.category],
            ['지역 Region', content.region],
            ['신청일시 Filed', time(content.filedAt)],
            ['처리기한 Due', time(complaint.dueAt)],
          ],
        },
        { heading: '내용 Content', text: content.body },
        ...listFiles(content.attachments),
      ];
    }
    case 'interim_answered':
    case 'answered':
      return [{ facts: [number] }, ...tellAnswer(event.data.answer)];
    case 'followed_up':
      return [
        { text: '민원인이 추가로 질의하였습니다.\nThe complainant has a further question.' },
        { facts: [number, ['작성일시 Written', time(event.data.followUp.writtenAt)]] },
        { heading: '내용 Content', text: event.data.followUp.text },
        ...listFiles(event.data.followUp.attachments),
      ];
    case 'transferred': {
      const { from, to, reason } = event.data;
      const text = '민원이 이송되었습니다.\nThe complaint has been transferred.';
      return [
        { text },
        { facts: [number, ['보낸 기관 From', from], ['받은 기관 To', to]] },
        { heading: '사유 Reason', text: reason },
      ];
    }
    case 'step_taken': {
      const said = sayStep(event.data.step);
      const { by } = event.data.step;
      return [
        { facts: [number, ['담당자 Officer', describe(by)]] },
        ...(said ? [{ heading: '내용 Content', text: said }] : []),
      ];
    }
    case 'withdrawn': {
      const { reason } = event.data;
      const text =
        '민원인이 민원을 취하하였습니다. 더 처리하실 것이 없습니다.\nThe complainant has taken the complaint back. Nothing is left to do.';
      return [{ text }, { facts: [number] }, ...(reason ? [{ heading: '사유 Reason', text: reason }] : [])];
    }
    case 'status_changed':
      return [{ facts: [number, ['처리상태 Status', event.data.to]] }];
    case 'assigned':
      return [{ facts: [number, ['처리기관 Assignee', event.data.to]] }];
  }
}

function opening(type: 'registered' | 'revised', role: LinkRole): string {
  if (type === 'revised') return '민원 내용이 변경되었습니다.\nThe complaint has been changed.';
  return role === 'assignee'
    ? '귀 기관에서 처리할 민원이 접수되었습니다.\nA complaint has come in that your agency has to answer.'
    : '참고하시도록 민원을 알려 드립니다. 답변하지 않으셔도 됩니다.\nThis complaint is for your information. No answer is expected.';
}

function tellAnswer({ text, interim, officer, attachments }: Answer): Block[] {
  const heading = interim ? '중간 회신 Interim answer' : '답변 Answer';
  return [{ heading, text }, { facts: [['담당자 Officer', describe(officer)]] }, ...listFiles(attachments)];
}

const describe = ({ department, name, contact }: Officer = {}) =>
  [department, name, contact].filter(Boolean).join(' ');

/** Each file has its own mail. So a large or late file does not delay the text. */
function listFiles(files: { name: string }[] = []): Block[] {
  if (files.length === 0) return [];
  const text = files.map(({ name }) => `- ${name}`).join('\n');
  return [{ heading: '첨부 파일 (따로 보내 드립니다) Files (each in a mail of its own)', text }];
}

const howTo = `이 메일에 그대로 회신하시면 회신 내용이 민원 답변이 되고, 첨부하신 파일도 함께 전달됩니다.
받는 사람 주소는 바꾸지 마십시오. 첫머리에 다음과 같이 적으시면 그렇게 처리됩니다.
Reply to this mail: what you write becomes the answer, with the files that you attach.
Leave the address as it is. At the very beginning you may write:

[중간회신] …  / [interim] …  : 중간 회신 an interim answer
[이송] 기관코드: 사유  / [transfer] agency: reason  : 다른 기관으로 이송 move it to another agency
[상태] 처리중, 보완요구, 반려  / [status] in_progress, supplement_requested, rejected  : 처리상태만 변경 only the status`;

function toHowTo(type: EventType, role: LinkRole): Block | undefined {
  const isOver = type === 'withdrawn' || type === 'answered' || type === 'interim_answered';
  return role === 'assignee' && !isOver
    ? { heading: '답변하는 방법 How to answer', text: howTo, small: true }
    : undefined;
}

function toTextBlock(block: Block): string {
  if ('facts' in block)
    return factsOf(block)
      .map(([label, value]) => `${label}: ${value}`)
      .join('\n');
  return block.heading ? `[ ${block.heading} ]\n${block.text}` : block.text;
}

function toHtmlBlock(block: Block): string {
  if ('facts' in block) {
    const rows = factsOf(block).map(
      ([label, value]) =>
        `<tr><th style="text-align:left;vertical-align:top;padding:2px 16px 2px 0;white-space:nowrap">${toInline(label)}</th><td>${toInline(value)}</td></tr>`,
    );
    return `<table style="margin:16px 0;border-collapse:collapse">${rows.join('')}</table>`;
  }
  const style = block.small ? 'color:#58616a;font-size:13px' : '';
  const heading = block.heading
    ? `<p style="margin:16px 0 4px;font-weight:bold">${toInline(block.heading)}</p>`
    : '';
  return `<div style="${style}">${heading}${toHtml(block.text)}</div>`;
}

const factsOf = ({ facts }: { facts: [string, string | undefined][] }) =>
  facts.filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '');

const toInline = (text: string) => toHtml(text).replace(/^<p>|<\/p>$/g, '');
