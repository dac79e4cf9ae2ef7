import { type Problem, toReason } from '../../../schemas/reason.ts';
import type { CodeTables } from '../expressions/codes.ts';
import { MappingError } from '../expressions/mapping-error.ts';
import { parseExpression } from '../expressions/parse.ts';
import { toMarks } from './mapping.ts';

/** A text of the settings and its place. */
export type Located = [pointer: string, text: string];

/** Lists the texts of some groups of settings, each with its pointer. `except` names fields to leave out. */
export function listTexts(groups: [pointer: string, fields: object][], except: string[] = []): Located[] {
  return groups.flatMap(([pointer, fields]) =>
    Object.entries(fields).flatMap(([name, text]): Located[] =>
      typeof text === 'string' && !except.includes(name) ? [[`${pointer}/${name}`, text]] : [],
    ),
  );
}

/**
 * Lists all expressions that do not compile. `secrets`: names that an expression at such a pointer may give to
 * `$secret`; undefined where it makes nothing that is sent.
 */
export function checkExpressions(
  expressions: Located[],
  codes: CodeTables = {},
  secrets: (pointer: string) => readonly string[] | undefined = () => undefined,
): Problem[] {
  return expressions.flatMap(([pointer, source]) => {
    const names = secrets(pointer);
    try {
      parseExpression({ source, codes, ...(names && { secrets: toMarks(names) }) });
      return [];
    } catch (error) {
      if (!(error instanceof MappingError)) throw error;
      return [{ pointer, reason: toReason('not_compiling', { detail: error.reason }) }];
    }
  });
}

/** A board that is only written to needs no mapping of posts. */
export function checkNormalise({ normalise, pull }: { normalise?: string; pull?: object }): Problem[] {
  return pull && normalise === undefined ? [{ pointer: '/normalise', reason: toReason('required') }] : [];
}

/** Without the board's id of a new post the hub could deliver nothing to that post later. */
export function checkRegistered(push: { registered?: { externalId?: string } } | undefined): Problem[] {
  const lost = push?.registered && push.registered.externalId === undefined;
  return lost ? [{ pointer: '/push/registered/externalId', reason: toReason('required') }] : [];
}
