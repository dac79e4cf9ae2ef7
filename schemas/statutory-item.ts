import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
const common = {
  /** The name of the matter (사무명), as the published table of standards has it. */
  name: Type.String({ minLength: 1, maxLength: 100 }),
  /** The law that it rests on (근거 법령), with its article. */
  law: Type.String({ minLength: 1, maxLength: 300 }),
  /** The day from which it holds. A later entry of the same name replaces it from its own day on. */
  from: Type.String({ format: 'date' }),
  /** What the applicant must bring (구비서류). */
  documents: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { maxItems: 50 })),
  /** As people read it: `1,000원`, `없음`. */
  fee: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  department: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
};

/**
 * A statutory complaint (법정민원) of an agency: its period in days or in working hours, its documents and its fee. Each
 * agency publishes a table of them, the standards of processing (민원처리기준표; Civil Complaints Treatment Act, article 36).
 */
export const StatutoryItem = Type.Union([
  Type.Object({ ...common, days: Type.Integer({ minimum: 1, maximum: 365 }) }, closed),
  Type.Object({ ...common, hours: Type.Integer({ minimum: 1, maximum: 40 }) }, closed),
]);
export type StatutoryItem = Static<typeof StatutoryItem>;
