import type { Logger } from 'pino';
import type { Heartbeat } from '../../schemas/index.ts';
import type { SpoolDatabase } from './spool/database.ts';
import { setFacts } from './spool/facts.ts';

type Place = 'hub' | 'configuration' | 'reading' | 'writing' | 'spool';

/** What is wrong now, for the log, the heartbeat and `status`. */
export interface Situation {
  /**
   * `reason` undefined: nothing any more. Logged when it begins, changes or ends, not each time. `unauthorised`: the board
   * refuses the credentials.
   */
  note(place: Place, reason: string | undefined, unauthorised?: boolean): void;
  /** What the hub is told; undefined: nothing is wrong here. */
  problem(): string | undefined;
  /** What the board refuses the credentials for. */
  unauthorised(): NonNullable<Heartbeat['unauthorised']>;
}

const longest = 2000;

export function createSituation({ write }: SpoolDatabase, log: Logger): Situation {
  const problems = new Map<Place, string>();
  const shutOut = new Set<Place>();
  const problem = () =>
    [...problems]
      .filter(([place]) => place !== 'hub')
      .map(([place, reason]) => `${place}: ${reason}`)
      .join('; ')
      .slice(0, longest) || undefined;
  const save = () => {
    const facts = { boardProblem: problem() ?? '', hubProblem: problems.get('hub') ?? '' };
    write((tx) => setFacts(tx, facts)).catch((err: unknown) =>
      log.error({ err }, 'the spool cannot be written'),
    );
  };
  // What an agent before this one said is over.
  save();
  return {
    note(place, reason, unauthorised = false) {
      if (unauthorised) shutOut.add(place);
      else shutOut.delete(place);
      if (problems.get(place) === reason) return;
      if (reason === undefined) problems.delete(place);
      else problems.set(place, reason);
      if (reason === undefined) log.info({ place }, 'well again');
      else log.warn({ place, reason }, 'something is wrong');
      save();
    },
    problem,
    unauthorised: () => [
      ...(shutOut.has('writing') ? (['delivery'] as const) : []),
      ...(shutOut.has('reading') ? (['poll'] as const) : []),
    ],
  };
}
