import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Language } from '../../../schemas/index.ts';
import type { Action } from '../../access/people/rights.ts';
import type { Session } from '../../access/people/sessions.ts';
import type { User } from '../../access/people/users.ts';
import type { SignOn } from '../../access/sign-on/sign-on.ts';
import type { Attachments } from '../../attachments/attachments.ts';
import type { ClockRules } from '../../clock/deadline.ts';
import type { Directory } from '../../configuration/directory.ts';
import type { Engineer } from '../../engineer/engineer.ts';
import type { FindAgentPackage } from '../../exchange/agents/agent-packages.ts';
import type { DraftTrials } from '../../exchange/draft-trials.ts';
import type { Accept } from '../../exchange/intake/incoming.ts';
import type { ParkedActions } from '../../exchange/parked/parked-actions.ts';
import type { Rehearsals } from '../../exchange/rehearsal/rehearsals.ts';
import type { Repairs } from '../../exchange/repairs.ts';
import type { Workbench } from '../../exchange/workbench/workbench.ts';
import type { Settings } from '../../settings.ts';
import type { Store } from '../../store/database.ts';

/** The configuration in force, with the calendar and the periods by which clocks run. */
export type ClockedDirectory = Directory & { clock(): ClockRules };

/** The dependencies of the console. */
export interface ConsoleDeps {
  store: Store;
  directory: ClockedDirectory;
  accept: Accept;
  attachments: Attachments;
  parked: ParkedActions;
  repairs: Repairs;
  rehearsals: Rehearsals;
  trials: DraftTrials;
  workbench: Workbench;
  engineer: Engineer;
  findPackage: FindAgentPackage;
  /** The providers at which people may sign in. */
  signOn: SignOn;
  settings: Settings;
  log: Logger;
}

/** A group of pages. */
export type Pages = (app: FastifyInstance, deps: ConsoleDeps) => void;

declare module 'fastify' {
  interface FastifyRequest {
    /** The signed-in person's session. Null: nobody is signed in. */
    session: Session | null;
    /** The signed-in person. Throws on pages that do not require signing in. */
    signedIn(): User;
    /** The language that the person chose or prefers. */
    language(): Language;
    /** Throws PageError `forbidden` if the person may do this on no complaint at all. */
    demand(action: Action): User;
  }
}
