import { type Static, Type } from 'typebox';
import { compile, type Problem } from '../../schemas/index.ts';
import { Auth } from '../kit/http/http-auth.ts';
import { checkCodeTables } from '../kit/mapping/normalise.ts';

const closed = { additionalProperties: false } as const;

/** What an agency says of its board; a setting that does not exist is refused. */
export const TemplateSettings = Type.Object(
  {
    endpoint: Type.String({ format: 'uri', pattern: '^https?://' }),
    auth: Auth,
    /** By table: from the board's code to the hub's word. */
    codes: Type.Optional(
      Type.Record(Type.String(), Type.Record(Type.String(), Type.String({ minLength: 1 }))),
    ),
    pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
    /** Seconds that a post may become visible after its own time stamp. */
    overlapSeconds: Type.Optional(Type.Number({ minimum: 1, maximum: 86_400, default: 60 })),
  },
  closed,
);
export type TemplateSettings = Static<typeof TemplateSettings>;

const checkShape = compile(TemplateSettings);

/** Everything that is wrong with the settings, in one list. */
export function checkTemplateSettings(given: unknown): Problem[] {
  const shape = checkShape(given);
  return shape.ok ? checkCodeTables(shape.value.codes ?? {}) : shape.problems;
}
