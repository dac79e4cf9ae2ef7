/**
 * The last line of every text that the hub writes to an Open311 board. GeoReport has no field for a client's own
 * number, so the text carries it. People see where the text came from. `find` recognises it. Texts that come back are
 * told from those of the agency.
 */
import type { Officer } from '../../schemas/index.ts';

const words = {
  registered: '접수',
  assigned: '배정',
  revised: '수정',
  answered: '답변',
  interim_answered: '중간 회신',
  followed_up: '추가 질의',
  status_changed: '처리상태',
  transferred: '이송',
  withdrawn: '취하',
  step_taken: '처리 절차',
  file: '첨부파일',
} as const;

type MarkKind = keyof typeof words;

export interface Mark {
  kind: MarkKind;
  receiptNumber: string;
  key: string;
}

export interface Marked extends Mark {
  text: string;
  officer?: Officer;
}

const kinds = new Map<string, MarkKind>(
  Object.entries(words).map(([kind, word]) => [word, kind as MarkKind]),
);
const begin = '[민원허브 ';
const pattern = new RegExp(`^\\[민원허브 (${[...kinds.keys()].join('|')}) (\\S+), (\\S+)\\]$`);
const signature = '담당: ';

export function toMarked(text: string, { kind, receiptNumber, key }: Mark, officer?: Officer): string {
  const names = [officer?.department, officer?.name, officer?.contact];
  const signed = names.some(Boolean) ? `\n\n담당: ${names.map((name) => name || '-').join(' · ')}` : '';
  return `${text.trimEnd()}${signed}\n\n[민원허브 ${words[kind]} ${receiptNumber}, ${key}]`;
}

/** Splits a text that the hub wrote. Undefined: somebody else wrote it. */
export function readMarked(given: string): Marked | undefined {
  const text = given.replace(/\r\n?/g, '\n').trimEnd();
  // The search starts at the mark itself. An expression that searches everywhere could be made slow by a hostile text.
  const mark = text.slice(Math.max(0, text.lastIndexOf(begin)));
  const [found, word = '', receiptNumber = '', key = ''] = pattern.exec(mark) ?? [];
  const kind = kinds.get(word);
  if (!found || !kind) return undefined;
  const rest = text.slice(0, -mark.length).trimEnd();
  const lastLine = rest.slice(rest.lastIndexOf('\n') + 1);
  const at = lastLine.indexOf(signature);
  const signed = at < 0 ? [] : lastLine.slice(at + signature.length).split(' · ');
  if (signed.length < 3) return { kind, receiptNumber, key, text: rest };
  const parts = [signed.slice(0, -2).join(' · '), ...signed.slice(-2)];
  const [department, name, contact] = parts.map((part) => (part === '-' ? undefined : part));
  const officer = { ...(department && { department }), ...(name && { name }), ...(contact && { contact }) };
  return { kind, receiptNumber, key, text: rest.slice(0, at - lastLine.length).trimEnd(), officer };
}
