import { type Static, Type } from 'typebox';
import { compile, type Problem } from '../../schemas/index.ts';
import { Auth } from '../kit/http/http-auth.ts';
import { checkCodeTables } from '../kit/mapping/normalise.ts';

const closed = { additionalProperties: false } as const;

/** The settings that an agency writes for its board. Unknown settings are refused. */
export const TemplateSettings = Type.Object(
  {
    endpoint: Type.String({ format: 'uri', pattern: '^https?://' }),
    auth: Auth,
    /** Code tables by name: from the board's code to the hub's word. */
    codes: Type.Optional(
      Type.Record(Type.String(), Type.Record(Type.String(), Type.String({ minLength: 1 }))),
    ),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
    /** The longest delay, in seconds, between a post's time stamp and its becoming visible. */
    overlapSeconds: Type.Optional(Type.Number({ minimum: 1, maximum: 86_400, default: 60 })),
  },
  closed,
);
export type TemplateSettings = Static<typeof TemplateSettings>;

const checkShape = compile(TemplateSettings);

/** Lists everything that is wrong with the settings. */
export function checkTemplateSettings(given: unknown): Problem[] {
  const shape = checkShape(given);
  return shape.ok ? checkCodeTables(shape.value.codes ?? {}) : shape.problems;
}
