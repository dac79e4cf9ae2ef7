import type { AdapterContext } from '../../../adapters/contract.ts';
import type { Agency, EventType } from '../../../schemas/index.ts';
import type { Topic } from '../../queue/topics.ts';
import type { Store } from '../../store/database.ts';
import type { Asks } from '../boards/asks.ts';
import { createBoards } from '../boards/boards.ts';
import { type Sample, sampleBoard } from '../boards/try-board.ts';
import { startRun } from './runs.ts';
import {
  type FoundTarget,
  findTarget,
  type RehearsalAsked,
  type SentSample,
  sendSample,
} from './send-sample.ts';

/** What a person does with a draft of a mapping that needs more than the draft. */
export interface Workbench {
  /**
   * Posts of the board that the draft describes, masked; an agent reads its board by the configuration that it has.
   * Nothing is taken in. Throws BoardError, or another error if the draft cannot be used.
   */
  fetchSamples(draft: Agency, most: number): Promise<Sample[]>;
  /** The board to which a sample of the draft may be sent for real, or why there is none. */
  findTarget(asked: RehearsalAsked): FoundTarget;
  /** Sends the sample to it, marked as a test: the registration, and the event after it. It never throws. */
  sendSample(asked: RehearsalAsked & { event: EventType }): Promise<SentSample>;
  /**
   * Asks for a run over the newest items of the agency. Resolves with its id. Undefined: one is running already.
   */
  start(asked: {
    draft: Agency;
    inForce: Agency | undefined;
    most: number;
    by: string;
  }): Promise<string | undefined>;
}

export function createWorkbench(parts: {
  store: Store;
  secret: AdapterContext['secret'];
  asks?: Asks;
  publicUrl?: string | undefined;
  look(topic: Topic): void;
}): Workbench {
  const { store, secret, asks, publicUrl, look } = parts;
  return {
    async fetchSamples(draft, most) {
      const boards = createBoards(toDirectory(draft), secret, asks, publicUrl);
      try {
        const board = boards.find(draft.code);
        return board ? await sampleBoard(board, most) : [];
      } finally {
        await boards.close();
      }
    },
    findTarget,
    sendSample: (asked) => sendSample({ secret, publicUrl }, asked),
    start: (asked) => startRun(store, asked, look),
  };
}

/** A directory in which only the draft is. */
const toDirectory = (agency: Agency) => ({
  findAgency: (code: string) => (code === agency.code ? agency : undefined),
  listAgencies: () => [agency],
  routing: () => ({ rules: [], default: 'hub' }),
});
