import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { AgencyCode, OneOf } from '../../../schemas/index.ts';
import { differences, sideNames, sides } from '../../exchange/ledger/ledger.ts';
import type { Store } from '../../store/database.ts';
import { getLedger } from '../calls/ledger.ts';
import { mustBeOpen } from '../calls/may-call.ts';
import { describe } from './describe.ts';
import { ledgerExample } from './examples.ts';

const closed = { additionalProperties: false } as const;
const count = Type.Integer({ minimum: 0 });
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

const Account = (states: readonly string[]) =>
  Type.Object(Object.fromEntries(['total', ...states, 'difference'].map((state) => [state, count])), closed);
const Difference = Type.Object(
  {
    side: OneOf(sideNames),
    kind: OneOf(differences),
    item: Type.String(),
    receiptNumber: Type.Union([Type.String(), Type.Null()]),
    event: Type.Union([count, Type.Null()]),
  },
  closed,
);
export const LedgerDays = Type.Object(
  {
    agency: AgencyCode,
    from: Day,
    to: Day,
    balanced: Type.Boolean(),
    days: Type.Array(
      Type.Object(
        {
          day: Day,
          ...Object.fromEntries(sideNames.map((side) => [side, Account(sides[side])])),
          balanced: Type.Boolean(),
          differences: Type.Array(Difference),
        },
        closed,
      ),
    ),
  },
  closed,
);

/** Route of the ledger: what the hub took in from the agency and what was due to it, day by day. */
export function ledgerRoute(app: FastifyInstance, store: Store): void {
  const schema = describe({
    operation: 'getLedger',
    tag: 'ledger',
    summary: 'Your days: what came in and what was due: 대사 내역',
    description:
      'Days are those of Asia/Seoul, the newest first; the last seven without `from` and `to`, 31 at the most. A day balances when no side has a difference. `sent` notices hold the `kept` ones: those lie in the outbox of the hub, which has no provider for them, and reached nobody yet.',
    query: Type.Object({
      from: Type.Optional(Type.String({ description: 'a day, for example 2026-11-20' })),
      to: Type.Optional(Type.String({ description: 'a day, for example 2026-11-20' })),
    }),
    replies: {
      200: { description: 'The days with anything in them.', schema: LedgerDays, example: ledgerExample },
    },
  });
  app.get('/ledger', { schema }, async (request) => {
    const { caller } = request.entry;
    mustBeOpen(caller, 'getLedger');
    return getLedger(store, caller.agency, request.query);
  });
}
