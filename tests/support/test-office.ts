import pino from 'pino';
import { createClockRules } from '../../hub/clock/deadline.ts';
import { type Boards, createBoards } from '../../hub/exchange/boards/boards.ts';
import { createAccept } from '../../hub/exchange/intake/accept.ts';
import type { Accept } from '../../hub/exchange/intake/incoming.ts';
import { createParkedActions } from '../../hub/exchange/parked/parked.ts';
import type { ParkedActions } from '../../hub/exchange/parked/parked-actions.ts';
import type { Agency } from '../../schemas/index.ts';
import type { TestHub } from './test-hub.ts';

export interface OfficeActions {
  boards: Boards;
  accept: Accept;
  parked: ParkedActions;
  close(): Promise<void>;
}

/** The actions of a person in another process on parked items. The hub's own sweep then continues the work. */
export function openOffice({ store }: TestHub, agencies: Agency[]): OfficeActions {
  const directory = {
    findAgency: (code: string) => agencies.find((agency) => agency.code === code),
    listAgencies: () => agencies,
    routing: () => ({ rules: [], default: agencies.at(-1)?.code ?? 'hub' }),
  };
  const boards = createBoards(directory, (reference) => process.env[reference.slice(4)] ?? '');
  const log = pino({ level: 'silent' });
  const accept = createAccept({
    store,
    directory,
    boards,
    log,
    gather: 0,
    clock: () => createClockRules(),
    committed: () => undefined,
  });
  const parked = createParkedActions({ store, boards, accept, look: () => undefined });
  return { boards, accept, parked, close: () => boards.close() };
}
