import { carriesParts, findAbilities } from '../../../adapters/registry.ts';
import type { Reason } from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import type { Directory } from '../../configuration/directory.ts';
import { stageOf } from '../../configuration/stages/stage-of.ts';

/**
 * Why what is asked of an agency comes to no board of it as a post, and is read at the hub. Undefined: it does come. The
 * agency has to choose it, since only it knows that nobody but its officers reads what stands on its board.
 */
export function findPartAbsence(
  { directory }: { directory: Pick<Directory, 'findAgency'> },
  code: string,
): Reason | undefined {
  const agency = directory.findAgency(code);
  if (!agency || !(agency.board || agency.feed)) return toReason('part_no_board');
  if (!agency.feed && agency.board && !carriesParts(agency.board))
    return toReason('part_kind_cannot', { name: agency.board.adapter });
  if (!agency.parts) return toReason('part_not_chosen');
  if (stageOf(agency) !== 'live') return toReason('part_not_live');
  if (agency.feed || !agency.board) return undefined;
  // A kind that cannot tell from its settings is asked when the post is due.
  const carries = findAbilities(agency.board)?.carries;
  return !carries || carries.has('registered') ? undefined : toReason('part_not_written');
}
