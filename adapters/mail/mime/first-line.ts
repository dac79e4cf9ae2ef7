import { type Post, type Problem, type Status, toReason } from '../../../schemas/index.ts';

/** The words that an officer may write at the very beginning of a reply. Every mail explains them. */
const words = {
  interim: ['중간회신', '중간답변', 'interim'],
  transfer: ['이송', 'transfer'],
  status: ['상태', '처리상태', 'status'],
} as const;

/** The statuses that an officer may set without an answer. */
const statusWords: Record<string, Status> = {
  처리중: 'in_progress',
  in_progress: 'in_progress',
  보완요구: 'supplement_requested',
  supplement_requested: 'supplement_requested',
  반려: 'rejected',
  rejected: 'rejected',
};

export type FirstLine =
  | { kind: 'answer'; interim: boolean; text: string }
  | { kind: 'post'; post: Pick<Post, 'transfer' | 'status'> }
  | { kind: 'problem'; problem: Problem };

/** Reads what kind of reply it is. Any other word in brackets is part of the answer. */
export function readFirstLine(text: string): FirstLine {
  const [, given = '', rest = ''] = /^\s*[[［]([^\]］]{1,60})[\]］][ \t]*(.*)$/s.exec(text) ?? [];
  const isOneLine = !given.trim().includes('\n');
  const word = isOneLine ? given.replace(/\s/g, '').toLowerCase() : '';
  const is = (kind: keyof typeof words) => words[kind].some((known) => known === word);
  if (is('transfer')) return readTransfer(rest);
  if (is('status')) return readStatus(rest);
  return is('interim')
    ? { kind: 'answer', interim: true, text: rest.trim() }
    : { kind: 'answer', interim: false, text };
}

function readTransfer(rest: string): FirstLine {
  const [, to = '', reason = ''] = /^([^\s:：]+)\s*[:：]\s*(.*)$/s.exec(rest.trim()) ?? [];
  if (to && reason.trim())
    return { kind: 'post', post: { transfer: { to: to.toLowerCase(), reason: reason.trim() } } };
  return { kind: 'problem', problem: { pointer: '/transfer', reason: toReason('mail_transfer_form') } };
}

function readStatus(rest: string): FirstLine {
  const given = rest.trim().split('\n')[0]?.replace(/\s/g, '') ?? '';
  const status = Object.hasOwn(statusWords, given.toLowerCase())
    ? statusWords[given.toLowerCase()]
    : undefined;
  if (status) return { kind: 'post', post: { status } };
  const reason = toReason('mail_no_status_word', {
    value: given.slice(0, 40),
    known: Object.keys(statusWords).join(', '),
  });
  return { kind: 'problem', problem: { pointer: '/status', reason } };
}
