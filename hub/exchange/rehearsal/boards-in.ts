import type { Stage } from '../../../schemas/index.ts';
import type { Directory } from '../../configuration/directory.ts';
import { stageOf } from '../../configuration/stages/stage-of.ts';
import type { Boards } from '../boards/boards.ts';

/**
 * The boards of agencies in these stages; to who asks, the others have none. The real exchange gets those that are
 * live, so it neither reads nor writes another board. A switch of the stage ends a delivery under way.
 */
export function boardsIn(boards: Boards, directory: Directory, stages: readonly Stage[]): Boards {
  const isIn = (code: string) => stages.includes(stageOf(directory.findAgency(code)));
  return {
    ...boards,
    find: (code) => (isIn(code) ? boards.find(code) : undefined),
    can: (code, what) => isIn(code) && boards.can(code, what),
    list: () => boards.list().filter(({ code }) => isIn(code)),
  };
}
