import { type StepKind, stepFacts, stepKinds, stepNames, stepSchemas } from '../../../schemas/index.ts';
import { scopeOfStep } from '../../access/keys/scopes.ts';

/** The fields that every step may have. */
const common = new Set(['kind', 'id', 'at', 'by']);

/** Who takes a step, where it is not the assignee. */
const sides: Record<(typeof stepFacts)[StepKind]['by'], (scope: string) => string> = {
  assignee: () => '',
  complainant: (scope) => `the origin, with the scope \`${scope}\`; `,
  asked: () => 'the agency that was asked; ',
};

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
  const side = sides[by](scopeOfStep(kind));
  return `- \`${kind}\` (${ko}, ${en}; ${side}${article}): ${fields.join(', ') || 'nothing more'}`;
}

/** What each kind of step requires, made of the table of steps. */
export const stepsDescription = [
  'What the law does not allow now is refused (422), with the article and with what would be allowed. A step may change the status by itself. `kind` says which fields there are; those with `?` may be left out:',
  stepKinds.map(toLine).join('\n'),
  'The last eight stay between agencies: no board, feed or webhook and no complainant is told of them. `listContributions` shows what was asked of whom, `listOwedContributions` what your agency owes.',
].join('\n\n');
