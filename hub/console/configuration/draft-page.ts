import type { FastifyReply, FastifyRequest } from 'fastify';
import { fromGiven } from '../../../schemas/reason.ts';
import { may } from '../../access/people/rights.ts';
import { planChange } from '../../configuration/changes/plan-change.ts';
import type { ConfigurationProblem } from '../../configuration/configuration-error.ts';
import { type Draft, findWorkingText, type WorkingText } from '../../configuration/drafts.ts';
import { readYaml } from '../../configuration/yaml/yaml-source.ts';
import type { CheckedConnection, SecretState } from '../../exchange/draft-trials.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';
import type { EditedDraft } from './edit-draft.ts';
import { type FieldView, toFormView, toSections } from './form-view.ts';

/** What a page of a draft shows beside it. */
export interface Shown {
  edited: EditedDraft;
  base: number;
  draft: Draft | undefined;
  tried?: CheckedConnection[] | undefined;
  secrets?: SecretState[] | undefined;
  /** Places of secrets in the clear: the draft was not stored. */
  refused?: ConfigurationProblem[] | undefined;
  status?: number | undefined;
}

/** The code in the address. Whether there is such an agency, or a draft of one, is another question. */
export const codeOf = (request: FastifyRequest): string => (request.params as { code: string }).code;

/** A person's draft of an agency, or what is in force. Throws PageError `not_found` if there is neither. */
export async function readDraft({ store }: ConsoleDeps, person: string, code: string): Promise<WorkingText> {
  const found = await findWorkingText(store, person, 'agency', code);
  if (!found) throw new PageError('not_found');
  return found;
}

/** A draft as a form and as text, with its problems. */
export async function showDraft(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: Shown,
) {
  const user = request.signedIn();
  const code = codeOf(request);
  const { edited, base, draft, tried, secrets = [], refused = [] } = shown;
  const { source } = edited;
  const planned = await planChange(deps.store, { kind: 'agency', name: code, base, source });
  const problems = [...refused, ...planned.problems].map(toShownProblem);
  const view = edited.form && toFormView(edited.form, edited.unreadable ? [] : problems, secrets);
  const data = {
    code,
    isNew: planned.inForce === undefined,
    mayEdit: may(user, 'configure'),
    draft: draft ?? null,
    inForce: planned.inForce ?? null,
    moved: planned.moved ?? null,
    refusedSecret: refused.length > 0,
    unreadable: edited.unreadable,
    source,
    was: edited.was,
    base,
    form: view ?? null,
    sections: view ? toSections(view) : null,
    problems: problems.map((problem) => ({
      ...problem,
      field: view ? findField(view, problem.pointer) : null,
    })),
    lines: toLines(source, problems),
    tried: tried?.map(({ name, lines }) => ({ name, lines: lines.map(toWorded) })) ?? null,
    triedByAgent: isBehindAgent(source),
    secrets: shown.secrets ?? null,
  };
  return reply.page('agency-configuration', data, shown.status ?? 200);
}

type ShownProblem = ReturnType<typeof toShownProblem>;

const toShownProblem = ({ pointer, reason, line, column }: ConfigurationProblem) => ({
  pointer,
  reason,
  line: line ?? null,
  column: column ?? 1,
});

const toWorded = ({ ok, what, detail }: CheckedConnection['lines'][number]) => ({
  ok,
  what: fromGiven(what),
  detail: fromGiven(detail),
});

/** The field of a problem, or the nearest one that holds its place. */
function findField(form: FieldView, pointer: string): string | null {
  let found: string | null = null;
  const look = (field: FieldView): void => {
    if (field.pointer !== '' && (pointer === field.pointer || pointer.startsWith(`${field.pointer}/`)))
      found = field.id;
    for (const one of [...field.shown, ...field.folded]) look(one);
  };
  look(form);
  return found;
}

function toLines(source: string, problems: ShownProblem[]): { number: number; wrong: boolean }[] {
  const wrong = new Set(problems.map(({ line }) => line));
  return source.split('\n').map((_, n) => ({ number: n + 1, wrong: wrong.has(n + 1) }));
}

function isBehindAgent(source: string): boolean {
  const { value } = readYaml(source);
  return (value as { board?: { via?: string } } | undefined)?.board?.via === 'agent';
}
