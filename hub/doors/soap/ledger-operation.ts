import { Type } from 'typebox';
import { AgencyCode } from '../../../schemas/index.ts';
import { type Side, sides } from '../../exchange/ledger/ledger.ts';
import { getLedger } from '../calls/ledger.ts';
import { mustBeOpen } from '../calls/may-call.ts';
import { closed, define } from './define-operation.ts';

const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' });
const Count = Type.Integer({ minimum: 0 });

/** What came later stands last: clients that were made from the WSDL of before read the others in their order. */
const added = ['kept'];
const accountOf = (side: Side) => {
  const states = ['total', ...sides[side], 'difference'];
  const ordered = [
    ...states.filter((state) => !added.includes(state)),
    ...states.filter((state) => added.includes(state)),
  ];
  return Type.Object(Object.fromEntries(ordered.map((state) => [state, Count])), closed);
};

const LedgerDay = Type.Object(
  {
    day: Day,
    received: accountOf('received'),
    due: accountOf('due'),
    notices: accountOf('notices'),
    balanced: Type.Boolean(),
    differences: Type.Array(
      Type.Object(
        {
          side: Type.String(),
          kind: Type.String(),
          item: Type.String(),
          receiptNumber: Type.Optional(Type.String()),
          event: Type.Optional(Count),
        },
        closed,
      ),
    ),
  },
  closed,
);

const Ledger = Type.Object(
  { agency: AgencyCode, from: Day, to: Day, balanced: Type.Boolean(), days: Type.Array(LedgerDay) },
  closed,
);

/** The caller's own days: what the hub took in from it and what was due to it. */
export const getLedgerOperation = define(
  Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) }, closed),
  Type.Object({ ledger: Ledger }, closed),
  async (range, { store, caller }) => {
    mustBeOpen(caller, 'getLedger');
    const { days, ...ledger } = await getLedger(store, caller.agency, range);
    const told = days.map(({ differences, ...day }) => ({
      ...day,
      differences: differences.map(({ receiptNumber, event, ...one }) => ({
        ...one,
        ...(receiptNumber !== null && { receiptNumber }),
        ...(event !== null && { event }),
      })),
    }));
    return { ledger: { ...ledger, days: told } };
  },
);
