import type { FastifyRequest } from 'fastify';
import type { Agency, BoardConnection, Problem } from '../../../schemas/index.ts';
import { findAt, type Path, toPath } from '../../../schemas/json-pointer.ts';
import type { User } from '../../access/people/users.ts';
import { isBranch } from '../../configuration/changes/difference.ts';
import { findWorkingText, saveDraft } from '../../configuration/drafts.ts';
import { readDocument } from '../../configuration/read-document.ts';
import { type Edit, editYaml } from '../../configuration/yaml/edit-yaml.ts';
import { PageError } from '../../web/page-error.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';

/** What a person works on: his or her draft of an agency, or what is in force while there is none. */
export interface WorkingDraft {
  code: string;
  source: string;
  /** The version on which the draft was begun; 0: there was none. */
  base: number;
  isDraft: boolean;
  /** Undefined: the text cannot be read, or has no board. */
  agency: (Agency & { board: BoardConnection }) | undefined;
  /** What is wrong with the document as it stands. */
  problems: Problem[];
}

export const codeOf = (request: FastifyRequest): string => (request.params as { code: string }).code;

/** Throws PageError `not_found` if there is no such agency and the person has no draft of one. */
export async function readWorkingDraft(
  { store }: Pick<ConsoleDeps, 'store'>,
  user: Pick<User, 'login'>,
  code: string,
): Promise<WorkingDraft> {
  const found = await findWorkingText(store, user.login, 'agency', code);
  if (!found) throw new PageError('not_found');
  return { code, base: found.base, isDraft: found.draft !== undefined, ...readSource(code, found.source) };
}

function readSource(code: string, source: string): Pick<WorkingDraft, 'source' | 'agency' | 'problems'> {
  const { document, problems } = readDocument({ kind: 'agency', name: code }, source);
  return { source, agency: toAgency(code, document.body), problems };
}

/** The parts that a mapping needs, whatever else is wrong with the document. */
function toAgency(code: string, body: unknown): WorkingDraft['agency'] {
  const { board, timeZone, ...rest } = (isObject(body) ? body : {}) as Partial<Agency>;
  if (!isObject(board) || typeof board.adapter !== 'string' || !isObject(board.settings)) return undefined;
  const zone = typeof timeZone === 'string' ? { timeZone } : {};
  return { ...rest, ...zone, code, board } as Agency & { board: BoardConnection };
}

const isObject = (value: unknown): value is Record<string, unknown> & Agency['board'] & object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Writes texts into the person's draft, each at its place below `board.settings`. False: the draft cannot be read as YAML,
 * or holds something else there.
 */
export async function putIntoDraft(
  { store }: Pick<ConsoleDeps, 'store'>,
  user: Pick<User, 'login'>,
  { code, source, base, agency }: WorkingDraft,
  texts: Record<string, string>,
): Promise<boolean> {
  if (!agency) return false;
  const edits: Edit[] = [];
  for (const [pointer, text] of Object.entries(texts)) {
    const path = toPath(`/board/settings${pointer}`, agency);
    if (!hasPlace(agency, path)) return false;
    edits.push({ op: 'set', path, value: toBlock(text) });
  }
  const written = editYaml(source, edits);
  await saveDraft(store, { person: user.login, kind: 'agency', name: code, base, source: written });
  return true;
}

/** Whether every holder on the way to the place can hold it, or is not there yet. */
const hasPlace = (value: unknown, path: Path): boolean =>
  path.every((_, length) => {
    const holder = findAt(value, path.slice(0, length));
    return holder === undefined || isBranch(holder);
  });

/** A text of several lines ends with a line end, as people write a block. */
const toBlock = (text: string): string => (text.includes('\n') ? `${text.trimEnd()}\n` : text);
