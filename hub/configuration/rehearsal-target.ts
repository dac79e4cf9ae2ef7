import type { WrittenPlaces } from '../../adapters/contract.ts';
import { checkBoardSettings, findWrittenPlaces } from '../../adapters/registry.ts';
import type { Agency, BoardConnection, Problem, Reason } from '../../schemas/index.ts';
import { fromGivenProblem, toReason } from '../../schemas/reason.ts';

/** The board with the settings that the rehearsal target overrides. */
export const toRehearsalBoard = (
  board: BoardConnection,
  { target }: NonNullable<Agency['rehearsal']>,
): BoardConnection => ({
  ...board,
  settings: mergePatch(board.settings, target) as BoardConnection['settings'],
});

/** JSON Merge Patch (RFC 7396, section 2). */
function mergePatch(value: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged = new Map(isObject(value) ? Object.entries(value) : []);
  for (const [name, part] of Object.entries(patch)) {
    if (part === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), part));
  }
  return Object.fromEntries(merged);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with the rehearsal target of a document that fits its schema. */
export function checkRehearsalTarget({ board, rehearsal }: Agency): Problem[] {
  if (!rehearsal) return [];
  const at = '/rehearsal/target';
  if (!board) return [{ pointer: '/rehearsal', reason: toReason('rehearsal_without_board') }];
  if (board.via === 'agent') return [{ pointer: '/rehearsal', reason: toReason('rehearsal_behind_agent') }];
  const own = checkBoardSettings(board);
  // What is wrong with the board itself is told there.
  if (own.length > 0) return [];
  const target = toRehearsalBoard(board, rehearsal);
  const problems = checkBoardSettings(target).map(fromGivenProblem);
  if (problems.length > 0)
    return problems.map(({ pointer, reason }) => ({ pointer: pointer.replace(/^\/settings/, at), reason }));
  const reason = findShared(target, { own: [board], others: [] });
  return reason ? [{ pointer: at, reason }] : [];
}

/**
 * Why the target must not be written: it shares a place with a real board, or nobody can tell. Undefined: it stands apart.
 * `own`: the agency's board, as the draft has it and as it is in force. `others`: those of all other agencies, as far as
 * they tell where they are written.
 */
export function findShared(
  target: BoardConnection,
  { own, others }: { own: BoardConnection[]; others: BoardConnection[] },
): Reason | undefined {
  const { posts = [], beside = [] } = findPlaces(target) ?? {};
  if (posts.length === 0 || own.some((board) => !findPlaces(board)))
    return toReason('rehearsal_target_untold');
  const written = new Set([...posts, ...beside]);
  for (const board of [...own, ...others]) {
    const place = findPlaces(board)?.posts.find((one) => written.has(one));
    if (place !== undefined) return toReason('rehearsal_target_is_live', { place });
  }
  return undefined;
}

/** Undefined: the kind cannot tell, or the settings cannot be used. */
function findPlaces(board: BoardConnection): WrittenPlaces | undefined {
  try {
    return findWrittenPlaces(board);
  } catch {
    return undefined;
  }
}
