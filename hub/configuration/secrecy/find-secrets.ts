import { checkBoardSettings } from '../../../adapters/registry.ts';
import type { BoardConnection, Problem } from '../../../schemas/index.ts';
import { toSegment } from '../../../schemas/json-pointer.ts';
import {
  isOwnSecret,
  isSecretName,
  isSecretReference,
  secretPattern,
} from '../../../schemas/secret-references.ts';
import { isBranch } from '../changes/difference.ts';
import { toRehearsalBoard } from '../rehearsal-target.ts';
import { toConnection } from '../to-connection.ts';

/**
 * What is a secret wherever it stands: keys in PEM, JSON Web Tokens, keys of Standard Webhooks, and headers that carry one.
 * None begins anew inside what it has passed already: on a long line that would take hours.
 */
const shapes = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /(?<![\w-])eyJ[\w-]{10,}\.eyJ[\w-]{10,}\./,
  /\bwhsec_[A-Za-z0-9+/=]{16,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\b(?:Bearer|Basic)\s+[A-Za-z0-9+/_.~-]{16,}=*/,
  /[a-z0-9+.-]:\/\/[^\s/:@]+:[^\s/@]+@/,
];

/** Whether the text holds something that has the shape of a secret. */
export const hasSecretShape = (text: string): boolean => shapes.some((shape) => shape.test(text));

/** Whether the value under this name is to be hidden where changes are shown. A reference is no secret. */
export const isHidden = (pointer: string, value: unknown): boolean =>
  typeof value === 'string' &&
  !isSecretReference(value) &&
  !isOwnSecret(value) &&
  (isSecretName(nameAt(pointer)) || hasSecretShape(value));

/** The pointers of the places of an agency's document at which a secret stands in the clear. */
export function findSecrets(body: unknown): string[] {
  if (!isBranch(body)) return [];
  const endpoints = Array.isArray(body.webhooks) ? (body.webhooks as unknown[]) : [];
  const found = [
    ...findIn(body.board, '/board'),
    ...findInTarget(body),
    ...endpoints.flatMap((endpoint, index) =>
      isBranch(endpoint) && isBranch(endpoint.settings)
        ? findIn(toConnection(endpoint as never), `/webhooks/${index}`)
        : [],
    ),
    ...listTexts(body, '')
      .filter(([, text]) => hasSecretShape(text))
      .map(([pointer]) => pointer),
  ];
  return [...new Set(found)];
}

/** The settings know which of their places are secret; where nobody knows, the name tells. */
function findIn(connection: unknown, at: string): string[] {
  if (!isBranch(connection) || !isBranch(connection.settings)) return [];
  const problems = checkSettings(connection);
  const isKnown = (pointer: string) =>
    problems !== undefined && !problems.some((problem) => isWithin(pointer, problem.pointer));
  return listTexts(connection.settings, '/settings')
    .filter(([pointer, text]) => {
      if (text === '' || isSecretReference(text)) return false;
      const isMarked = problems?.some((problem) => problem.pointer === pointer && isOfReference(problem));
      return isMarked || (isSecretName(nameAt(pointer)) && !isKnown(pointer));
    })
    .map(([pointer]) => `${at}${pointer}`);
}

/** Of the board with what its rehearsal target overrides, those that the target itself holds. */
function findInTarget({ board, rehearsal }: Record<string, unknown>): string[] {
  if (!isBranch(board) || !isBranch(board.settings) || !isBranch(rehearsal)) return [];
  const { target } = rehearsal;
  if (!isBranch(target)) return [];
  const own = new Set(listTexts(target, '/settings').map(([pointer]) => pointer));
  const merged = toRehearsalBoard(board as unknown as BoardConnection, { target });
  return findIn(merged, '')
    .filter((pointer) => own.has(pointer))
    .map((pointer) => pointer.replace(/^\/settings/, '/rehearsal/target'));
}

/** Undefined: nobody can tell, because the adapter is unknown. */
function checkSettings(connection: Record<string, unknown>): Problem[] | undefined {
  const problems = checkBoardSettings(connection as BoardConnection);
  return problems.some(({ pointer }) => pointer === '/adapter') ? undefined : problems;
}

const isOfReference = ({ reason }: Problem) =>
  reason.code === 'pattern' && String(reason.params?.pattern).includes(secretPattern);

const isWithin = (pointer: string, problem: string) =>
  problem !== '/settings' && (pointer === problem || pointer.startsWith(`${problem}/`));

/** The last name of a pointer that is not the index of a list. */
function nameAt(pointer: string): string {
  return pointer.split('/').findLast((segment) => !/^\d+$/.test(segment)) ?? '';
}

function listTexts(value: unknown, pointer: string): [string, string][] {
  if (typeof value === 'string') return [[pointer, value]];
  if (!isBranch(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => listTexts(part, `${pointer}/${toSegment(name)}`));
}

/** Lines, from 1, at which a secret stands in a text that nobody could read as YAML, or in a comment. */
export function findSecretLines(source: string): number[] {
  const named = /^\s*(?:- \s*)?["']?([\w-]+)["']?\s*:\s*(\S.*)$/s;
  return source.split('\n').flatMap((line, index) => {
    const [, name = '', value = ''] = named.exec(line.trimEnd()) ?? [];
    const literal = value.replace(/^["']|["']$/g, '');
    const isNamed = isSecretName(name) && !/^([[{|>&*#].*)?$/.test(literal) && !isSecretReference(literal);
    return isNamed || hasSecretShape(line) ? [index + 1] : [];
  });
}
