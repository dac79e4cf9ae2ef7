import type { Database } from '../../store/database.ts';
import { parseTemplates } from '../../templates/check-templates.ts';
import { readDefaultTemplates } from '../../templates/template-files.ts';
import type { ConfigurationProblem } from '../configuration-error.ts';
import { type ConfigurationDocument, checkTargets, type DocumentKey } from '../document.ts';
import { readDocument } from '../read-document.ts';
import { findInForce, listInForce, listNames } from '../versions.ts';

const routingKey = { kind: 'routing', name: 'routing' } as const;

/** A document that takes the place of the one in force; without `document` it is removed. */
export interface Replacement extends DocumentKey {
  document: ConfigurationDocument | undefined;
}

/** What would be wrong between the documents in force after these replacements. Reads only what they concern. */
export async function checkTogether(
  db: Database,
  replaced: readonly Replacement[],
): Promise<ConfigurationProblem[]> {
  const of = (kind: DocumentKey['kind']) => replaced.filter((one) => one.kind === kind);
  const problems: ConfigurationProblem[] = [];
  if (of('agency').length + of('routing').length > 0) {
    const [own] = of('routing');
    const routing = own ? own.document : await findInForce(db, routingKey);
    const codes = new Set(await listNames(db, 'agency'));
    for (const { name, document } of of('agency')) document ? codes.add(name) : codes.delete(name);
    if (routing) problems.push(...checkRouting(routing, codes));
  }
  if (of('template').length > 0) {
    const before = new Map((await listInForce(db, 'template')).map(({ name, source }) => [name, source]));
    problems.push(...checkTemplateChange(before, of('template')));
  }
  return problems;
}

/** What is wrong between the documents of a whole folder. Pure, but for the templates that come with the hub. */
export function checkWhole(documents: readonly ConfigurationDocument[]): ConfigurationProblem[] {
  const codes = new Set(documents.filter(({ kind }) => kind === 'agency').map(({ name }) => name));
  const routing = documents.find(({ kind }) => kind === 'routing');
  const templates = documents.filter(({ kind }) => kind === 'template');
  return [
    ...(routing ? checkRouting(routing, codes) : []),
    ...(templates.length > 0 ? checkSources(toSources(templates)) : []),
  ];
}

function checkRouting(routing: ConfigurationDocument, codes: ReadonlySet<string>): ConfigurationProblem[] {
  const problems = checkTargets(routing.body, codes);
  if (problems.length === 0) return [];
  const { placeOf } = readDocument(routingKey, routing.source);
  return problems.map((problem) => ({ document: routingKey, ...placeOf(problem.pointer), ...problem }));
}

/**
 * Templates that somebody else wrote and that were unusable before, for example because a new version of the hub asks
 * more of them, do not stand in the way of mending them one by one.
 */
function checkTemplateChange(
  before: ReadonlyMap<string, string>,
  replaced: readonly Replacement[],
): ConfigurationProblem[] {
  const after = new Map(before);
  for (const { name, document } of replaced) document ? after.set(name, document.source) : after.delete(name);
  const found = checkSources(after);
  if (found.length === 0) return found;
  const known = new Set(checkSources(before).map((problem) => JSON.stringify(problem)));
  const own = new Set(replaced.map(({ name }) => name));
  return found.filter(
    (problem) => own.has(problem.document?.name ?? '') || !known.has(JSON.stringify(problem)),
  );
}

function checkSources(sources: ReadonlyMap<string, string>): ConfigurationProblem[] {
  const { problems } = parseTemplates(new Map([...readDefaultTemplates(), ...sources]));
  return problems.map(({ name, ...problem }) => ({
    document: { kind: 'template', name } as const,
    pointer: '',
    ...problem,
  }));
}

const toSources = (documents: readonly ConfigurationDocument[]) =>
  new Map(documents.map(({ name, source }) => [name, source]));
