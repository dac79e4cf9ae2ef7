import { type StepKind, stepFacts, stepKinds, stepNames, stepSchemas } from '../../../schemas/index.ts';
import { scopeOfStep } from '../../access/keys/scopes.ts';

/** The fields that every step may have. */
const common = new Set(['kind', 'id', 'at', 'by']);

function toLine(kind: StepKind): string {
  const { properties, required } = stepSchemas[kind] as unknown as {
    properties: Record<string, unknown>;
    required: string[];
  };
  const fields = Object.keys(properties)
    .filter((name) => !common.has(name))
    .map((name) => (required.includes(name) ? `\`${name}\`` : `\`${name}\`?`));
  const [ko, en] = stepNames[kind];
  const { by, article } = stepFacts[kind];
  const side = by === 'complainant' ? `the origin, with the scope \`${scopeOfStep(kind)}\`; ` : '';
  return `- \`${kind}\` (${ko}, ${en}; ${side}${article}): ${fields.join(', ') || 'nothing more'}`;
}

/** What each kind of step requires, made of the table of steps. */
export const stepsDescription = [
  'What the law does not allow now is refused (422), with the article and with what would be allowed. A step may change the status by itself. `kind` says which fields there are; those with `?` may be left out:',
  stepKinds.map(toLine).join('\n'),
].join('\n\n');
