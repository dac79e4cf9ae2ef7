import type { Logger } from 'pino';
import type { ChangeRules } from '../../../configuration/changes/plan-change.ts';
import type { Directory } from '../../../configuration/directory.ts';
import type { Boards } from '../../../exchange/boards/boards.ts';
import type { Rehearsals } from '../../../exchange/rehearsal/rehearsals.ts';
import type { AdminGate } from './let-admin-in.ts';

export interface AdminDoorDependencies extends AdminGate {
  directory: Directory;
  boards: Boards;
  rehearsals: Rehearsals;
  rules: ChangeRules;
  log: Logger;
  publicUrl?: string | undefined;
}
