import type { FastifyRequest } from 'fastify';
import type { Static, TSchema } from 'typebox';
import type { Problem } from '../../../../schemas/index.ts';
import { type Reason, toPlainProblem, wordReason } from '../../../../schemas/reason.ts';
import { toKeyActor } from '../../../access/keys/key-actor.ts';
import { type KeyScope, keyScopes, type ScopedOperation } from '../../../access/keys/scopes.ts';
import type { Actor } from '../../../engineer/actor.ts';
import type { Page, Place } from '../../../store/read-page.ts';
import { readIdempotencyKey } from '../../calls/idempotency-key.ts';
import { mustBeOpen } from '../../calls/may-call.ts';

/** The key that calls, as the one who does something for its agency. Errors: Refusal `forbidden` without the scope. */
export function toActor({ entry }: FastifyRequest, operation: ScopedOperation): Actor {
  const { caller } = entry;
  mustBeOpen(caller, operation);
  const scopes = keyScopes.filter((scope): scope is KeyScope => caller.scopes.includes(scope));
  return { agency: caller.agency, name: toKeyActor(caller.keyId), way: 'api', scopes };
}

/** The caller's own name of the call, and what is asked. */
export const toOnce = <Result, Kept>(
  { headers, params, body }: FastifyRequest,
  operation: ScopedOperation,
  toKept: (result: Result) => Kept,
) => ({
  key: readIdempotencyKey(headers['idempotency-key']),
  asked: [operation, params, body],
  toKept,
});

export const toReason = (reason: Reason | null) =>
  reason && { code: reason.code, message: wordReason(reason, 'en') };

export const toProblems = (problems: readonly Problem[] | null) =>
  (problems ?? []).map((problem) => ({ ...toPlainProblem(problem), code: problem.reason.code }));

export interface PlaceAsked {
  after?: string;
  before?: string;
  limit?: number;
}

export const toPlace = ({ after, before, limit }: PlaceAsked): Place => ({
  ...(after !== undefined && { after }),
  ...(before !== undefined && { before }),
  ...(limit !== undefined && { size: limit }),
});

/** A page as it goes out. */
export const toPageReply = <Row, Out>({ rows, next, previous }: Page<Row>, toOut: (row: Row) => Out) => ({
  items: rows.map(toOut),
  ...(next !== undefined && { next }),
  ...(previous !== undefined && { previous }),
});

export type Body<S extends TSchema> = { Body: Static<S> };
