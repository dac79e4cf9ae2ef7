import { type Static, Type } from 'typebox';
import { AgencyCode, ComplaintKind } from './vocabulary.ts';

const words = Type.Array(Type.String({ minLength: 1 }), { minItems: 1 });

/** A rule holds if all its conditions hold. A condition holds if one of its values matches. */
export const RoutingRule = Type.Object(
  {
    when: Type.Object(
      {
        category: Type.Optional(words),
        /** Found in the title or the body. Spaces and letter case do not matter. */
        keyword: Type.Optional(words),
        region: Type.Optional(words),
        origin: Type.Optional(Type.Array(AgencyCode, { minItems: 1 })),
        kind: Type.Optional(Type.Array(ComplaintKind, { minItems: 1 })),
      },
      { additionalProperties: false, minProperties: 1 },
    ),
    /** `origin`: the complaint stays with the agency that received it. */
    to: AgencyCode,
    note: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type RoutingRule = Static<typeof RoutingRule>;

/** config/routing.yaml: the first rule that holds decides. If none holds, the default agency gets the complaint. */
export const Routing = Type.Object(
  { rules: Type.Array(RoutingRule), default: AgencyCode },
  { additionalProperties: false },
);
export type Routing = Static<typeof Routing>;
