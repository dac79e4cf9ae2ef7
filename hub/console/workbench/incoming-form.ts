import type { FastifyRequest } from 'fastify';
import type { ExpressionFault } from '../../../adapters/kit/mapping/explain.ts';
import { explainExpression, replaceField } from '../../../adapters/kit/mapping/explain.ts';
import type { Sample } from '../../exchange/boards/try-board.ts';
import { longestSample } from '../../exchange/workbench/sample-text.ts';

/** What the page of incoming posts sends. */
export interface SentTrial {
  /** The whole expression as it last compiled. */
  whole: string;
  /** The field that is open; empty: the whole expression. */
  field: string;
  /** What is typed for the field, or as the whole. */
  expression: string;
  sample: string;
  /** The place of the item that is shown. */
  item: number;
  /** A kept sample to load, and the name under which to keep this one. */
  kept: string;
  name: string;
  /** The button, and what it names. */
  action: string;
  subject: string;
}

/** PostgreSQL cannot hold a NUL or half of a surrogate pair. Browsers send CRLF. */
export const toText = (text: string): string =>
  text.replaceAll('\0', '').toWellFormed().replaceAll('\r\n', '\n');

export function readSent(request: FastifyRequest): SentTrial {
  const one = (name: string) => toText(request.typedExactly(name));
  const [action = '', subject = ''] = one('do').split(/ (.*)/s);
  const item = Number(action === 'item' ? subject : one('item'));
  return {
    whole: one('whole'),
    field: one('field'),
    expression: one('expression').trimEnd(),
    sample: one('sample'),
    item: Number.isSafeInteger(item) && item >= 0 ? item : 0,
    kept: one('kept'),
    name: one('name').trim(),
    action,
    subject: action === 'open' ? one('open') : subject,
  };
}

export type Codes = Record<string, Record<string, string>>;

/** The expression that was sent, put together. */
export interface SentExpression {
  /** With what was typed; what is tried. */
  candidate: string;
  /** As it last compiled. */
  whole: string;
  /** What does not compile; its position is one in what was typed. */
  fault: ExpressionFault | undefined;
}

/** A field is put into the whole as it last compiled. So a mistake in one field loses no other. */
export function toExpression(
  { whole, field, expression }: Pick<SentTrial, 'whole' | 'field' | 'expression'>,
  codes: Codes,
  secrets?: readonly string[],
): SentExpression {
  const known = field === '' ? undefined : findField(whole, field, codes)?.start;
  const candidate = known === undefined ? expression : (replaceField(whole, field, expression) ?? whole);
  const { fault } = explainExpression(candidate, { codes, ...(secrets && { secrets }) });
  if (!fault) return { candidate, whole: candidate, fault };
  const { reason, position } = fault;
  const at = position === undefined ? undefined : position - (known ?? 0);
  const isInside = at !== undefined && at >= 0 && at <= expression.length + 1;
  return { candidate, whole, fault: { reason, ...(isInside && { position: at }) } };
}

export const findField = (whole: string, pointer: string, codes: Codes) =>
  explainExpression(whole, { codes }).fields.find((field) => field.pointer === pointer);

/** Samples as the page shows them; only as many as fit. */
export function writeSample(items: Sample[]): string {
  const plain = items.map(({ externalId, raw }) => ({ externalId, raw }));
  while (plain.length > 0) {
    const text = JSON.stringify(plain, null, 2);
    if (text.length <= longestSample) return text;
    plain.pop();
  }
  return '';
}

/** The line and the column, from 1, of a character that a person counts from 0. */
export function toPlace(text: string, position: number): { line: number; column: number } {
  const before = text.slice(0, Math.max(0, position - 1)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
