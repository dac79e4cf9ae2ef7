import { type Problem, type Reason, toReason } from '../../schemas/reason.ts';
import { isBranch } from './changes/difference.ts';
import type { ConfigurationProblem } from './configuration-error.ts';
import { type ConfigurationDocument, checkDocument, type DocumentKey } from './document.ts';
import { findSecretLines, findSecrets, hasSecretShape } from './secrecy/find-secrets.ts';
import { findSizeProblem } from './yaml/yaml-limits.ts';
import { type Place, readYaml, type YamlSource } from './yaml/yaml-source.ts';

/** A text that was read and checked by itself. */
export interface ReadDocument {
  document: ConfigurationDocument;
  /** With their places. Empty: good by itself. */
  problems: ConfigurationProblem[];
  /** The pointers at which a secret stands in the clear; with lines where there are no pointers. */
  secrets: ConfigurationProblem[];
  placeOf(pointer: string): Place;
  yaml: YamlSource | undefined;
}

/** Reads the text of a document, as YAML or Liquid, and checks it by itself. Pure. */
export function readDocument({ kind, name }: DocumentKey, source: string): ReadDocument {
  return kind === 'template' ? readTemplate(name, source) : readYamlDocument({ kind, name }, source);
}

function readTemplate(name: string, source: string): ReadDocument {
  const document = { kind: 'template', name, body: source, source } as const;
  const key = { kind: 'template', name } as const;
  const start = { line: 1, column: 1 };
  const refused = findSizeProblem(source);
  const problems: ConfigurationProblem[] = refused
    ? [{ document: key, pointer: '', ...start, line: refused.line, reason: refused.reason }]
    : checkDocument(document).map((problem) => ({ document: key, ...start, ...problem }));
  return { document, problems, secrets: [], placeOf: () => start, yaml: undefined };
}

function readYamlDocument(key: DocumentKey, source: string): ReadDocument {
  const yaml = readYaml(source);
  const document = { ...key, body: yaml.value, source };
  const secrets = listSecrets(key, yaml, source);
  const read = { document, secrets, placeOf: yaml.placeOf, yaml };
  if (yaml.errors.length > 0) {
    const errors = yaml.errors.map((error) => ({ document: key, pointer: '', ...error }));
    return { ...read, problems: [...errors, ...secrets] };
  }
  const isOfSecret = (pointer: string) => secrets.some((secret) => secret.pointer === pointer);
  const problems = checkDocument(document)
    .filter(({ pointer }) => !isOfSecret(pointer))
    .map((problem) => ({ document: key, ...yaml.placeOf(problem.pointer), ...placeMistake(yaml, problem) }));
  return { ...read, problems: [...secrets, ...problems] };
}

/** A mistake inside an expression is told at its own place, and not by its distance from where the expression begins. */
function placeMistake(yaml: YamlSource, { pointer, reason }: Problem): Problem & Partial<Place> {
  const { detail } = reason.params ?? {};
  if (reason.code !== 'not_compiling' || !isReason(detail) || detail.code !== 'at_character')
    return { pointer, reason };
  const { position, detail: what } = detail.params ?? {};
  // The parser counts up to the end of the word that it stumbled over.
  const place = yaml.placeWithin(pointer, Math.max(Number(position) - 1, 0));
  if (!place || what === undefined) return { pointer, reason };
  const { line, column } = place;
  const placed = toReason('at_place', { detail: what, line, column });
  return { pointer, ...place, reason: { ...reason, params: { ...reason.params, detail: placed } } };
}

const isReason = (param: unknown): param is Reason =>
  typeof param === 'object' && param !== null && 'code' in param;

/** A text that is too large is refused as a whole, and nobody looks through it. */
function listSecrets(key: DocumentKey, yaml: YamlSource, source: string): ConfigurationProblem[] {
  if (key.kind !== 'agency' || findSizeProblem(source)) return [];
  const reason = toReason('secret_written_out');
  const pointers = yaml.errors.length === 0 ? findSecrets(yaml.value) : [];
  const found = pointers.map((pointer) => ({ document: key, pointer, ...yaml.placeOf(pointer), reason }));
  const known = new Set(found.map(({ line }) => line));
  const lines = source.split('\n');
  // What could be read is known place by place, but its comments are not. A token that was pasted alone has no place.
  const hasPlaces = yaml.errors.length === 0 && isBranch(yaml.value);
  const others = findSecretLines(source).filter(
    (line) => !known.has(line) && (!hasPlaces || hasSecretShape(toComment(lines[line - 1] ?? ''))),
  );
  return [...found, ...others.map((line) => ({ document: key, pointer: '', line, column: 1, reason }))];
}

const toComment = (line: string): string => /(?:^|\s)#.*$/.exec(line)?.[0] ?? '';
