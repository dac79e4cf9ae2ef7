import { type Static, Type } from 'typebox';
import { OneOf, type ReasonCode } from '../../schemas/index.ts';
import { productsReasons } from '../../schemas/reasons/products.ts';
import { Expression, Name, Table, Where } from './rows/steps.ts';

const closed = { additionalProperties: false } as const;

const ProductCheck = Type.Object(
  {
    /** What is wrong and what to do about it: a code of schemas/reasons/products.ts. */
    reason: OneOf(Object.keys(productsReasons) as (keyof typeof productsReasons & ReasonCode)[]),
    /** Rows that `fault` sees, as lists under these names. Conditions see only `parameters`. */
    read: Type.Record(
      Type.String({ pattern: '^[a-zA-Z]\\w*$' }),
      Type.Object(
        { table: Table, columns: Type.Array(Name, { minItems: 1 }), where: Type.Optional(Where) },
        closed,
      ),
    ),
    /**
     * Sees these rows, `parameters`, and the agency's `timeZone` with its `hours` of today (9). True: the product's own setting shows to
     * others, or hides from the right ones, what the hub writes, or keeps the hub from reading what people write.
     */
    fault: Expression,
  },
  closed,
);

/** By name. `false` switches a check of the preset off, where the agency means it so. */
export const ProductChecks = Type.Record(Type.String(), Type.Union([ProductCheck, Type.Literal(false)]));
export type ProductChecks = Static<typeof ProductChecks>;
