import type { Decision } from '../../complaints/state.ts';
import type { Directory } from '../../configuration/directory.ts';
import type { Store } from '../../store/database.ts';
import { openShadowStore } from '../../store/shadow/shadow-store.ts';
import type { Boards } from '../boards/boards.ts';
import { type AcceptDependencies, createAccept } from '../intake/accept.ts';
import type { Accept } from '../intake/incoming.ts';
import { boardsIn } from './boards-in.ts';
import { createStagedAccept } from './staged-accept.ts';
import { createTestRegister, type TestRegister } from './test-register.ts';
import { createTrialOffice } from './trial-office.ts';

/** What the stages of agencies add to the exchange. */
export interface Stages {
  /** The one way in, for all agencies. */
  accept: Accept;
  /** The boards of live agencies, for the real exchange. */
  liveBoards: Boards;
  /** The store on the tables of test complaints. */
  trialStore: Store;
  /** Takes in what belongs to tests. */
  acceptTest: Accept;
  register: TestRegister;
}

export interface StagesDependencies
  extends Omit<AcceptDependencies, 'committed' | 'gather' | 'tellOnly' | 'keepsNumbers'> {
  directory: Directory;
  /** The way in of live agencies. */
  live: Accept;
  /** Called when something changed that pages show. */
  changed(): void;
  /** Called for an agency whose board lacks something of a test: an agent may wait for it. Absent: nobody waits. */
  told?(agency: string): void;
}

export function openStages(dependencies: StagesDependencies): Stages {
  const { live, changed, told = () => undefined, ...rest } = dependencies;
  const { store, directory, boards } = rest;
  const shared = { ...rest, gather: 0, committed: changed };
  const trialStore = openShadowStore(store, 'trial');
  const register = createTestRegister(store);
  const committed = (decisions: Decision[]) => {
    for (const { matter } of decisions) for (const { agency } of matter.links) told(agency);
    changed();
  };
  const trial = createTrialOffice({ ...shared, committed, store: trialStore, register });
  const rehearsal = createAccept({ ...shared, store: openShadowStore(store, 'rehearsal') });
  return {
    accept: createStagedAccept({ directory, live, rehearsal, trial, register }),
    liveBoards: boardsIn(boards, directory, ['live']),
    trialStore,
    acceptTest: trial.accept,
    register,
  };
}
