import type { Logger } from 'pino';
import { createLane, type Lane } from '../../../adapters/relay/lane.ts';
import type { ContentStore } from '../../attachments/content-store.ts';
import type { Directory } from '../../configuration/directory.ts';
import type { Look } from '../../queue/looks.ts';
import type { Topic } from '../../queue/topics.ts';
import type { Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import type { BoardHealth } from '../boards/board-health.ts';
import { type Board, type Boards, isMaintained } from '../boards/boards.ts';

export interface FileDependencies {
  store: Store;
  directory: Directory;
  exclusive: Exclusive;
  boards: Boards;
  health: BoardHealth;
  contents: ContentStore;
  log: Logger;
  look(topic: Topic): void;
  /** Called when something changed that pages show. */
  changed(): void;
}

/** One file on its way from or to a board. */
export interface FileItem {
  /** The id of the file; on its way out, followed by the id of the board's link. */
  id: string;
}

interface FileWork<Item extends FileItem> {
  /** The prefix of the topic. */
  topic: 'fetch-files' | 'bring-files';
  find(board: Board, underWay: string[], limit: number): Promise<Item[]>;
  work(board: Board, item: Item, stop: AbortSignal): Promise<void>;
}

/** Only a few at once: files are large, and the board's other calls go on beside them. */
const atOnce = 2;
const pageSize = 20;

/**
 * A worker pool per agency for files alone, beside the one for events. A failing or slow file delays no event and
 * no other board. While the agency's breaker is open or its board is maintained, no file begins. Files never open
 * the breaker.
 */
export function createFileLook<Item extends FileItem>(
  { exclusive, boards, health }: FileDependencies,
  { topic, find, work }: FileWork<Item>,
): Look {
  const lanes = new Map<string, Lane>();

  async function drain(agency: string, stop: AbortSignal): Promise<void> {
    const board = boards.find(agency);
    if (!board) return;
    await health.load(agency);
    const lane = createLane<Item>({
      concurrency: () => atOnce,
      pageSize,
      find: (underWay) => find(board, underWay, pageSize),
      work: (item) => work(board, item, stop),
      paused: () => health.isClosed(agency) || isMaintained(board),
    });
    lanes.set(agency, lane);
    await lane.drain(stop).finally(() => lanes.delete(agency));
  }

  return {
    run: (agency, stop) =>
      exclusive.run(`${topic}:${agency}`, (lost) => drain(agency, AbortSignal.any([stop, lost]))),
    nudge: (agency) => lanes.get(agency)?.nudge(),
  };
}
