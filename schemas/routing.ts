import { type Static, Type } from 'typebox';
import { AgencyCode, ComplaintKind } from './vocabulary.ts';

const words = Type.Array(Type.String({ minLength: 1 }), { minItems: 1 });

/** A rule holds when each named condition holds; a condition holds when one of its values does. */
export const RoutingRule = Type.Object(
  {
    when: Type.Object(
      {
        category: Type.Optional(words),
        /** Found in title or body, spaces and letter case disregarded. */
        keyword: Type.Optional(words),
        region: Type.Optional(words),
        origin: Type.Optional(Type.Array(AgencyCode, { minItems: 1 })),
        kind: Type.Optional(Type.Array(ComplaintKind, { minItems: 1 })),
      },
      { additionalProperties: false, minProperties: 1 },
    ),
    /** `origin` leaves the complaint with the agency that took it in. */
    to: AgencyCode,
    note: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type RoutingRule = Static<typeof RoutingRule>;

/** config/routing.yaml: the first rule that holds decides; else the default agency. */
export const Routing = Type.Object(
  { rules: Type.Array(RoutingRule), default: AgencyCode },
  { additionalProperties: false },
);
export type Routing = Static<typeof Routing>;
