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
  /** Something changed that pages show. */
  changed(): void;
}

/** One file on its way from or to a board. */
export interface FileItem {
  /** Of the file and, on its way out, of the board. */
  id: string;
}

interface FileWork<Item extends FileItem> {
  /** The word of the topic. */
  topic: 'fetch-files' | 'bring-files';
  find(board: Board, underWay: string[], limit: number): Promise<Item[]>;
  work(board: Board, item: Item, stop: AbortSignal): Promise<void>;
}

/** Few at once: files are large, and the board's other calls go on beside them. */
const atOnce = 2;
const pageSize = 20;

/**
 * A lane per agency for its files alone, beside the one for its events: a file that fails or takes long delays no event
 * and no other board. While the agency's breaker is open or its board is maintained no file is begun; files themselves never open it.
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
