import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import {
  type Heartbeat,
  type Reason,
  type ReasonCode,
  toOneReason,
  toReason,
  wordReason,
} from '../../schemas/index.ts';
import type { SpoolDatabase } from './spool/database.ts';
import { setFacts } from './spool/facts.ts';

type Place = 'hub' | 'configuration' | 'reading' | 'writing' | 'spool';

/** The current problems, for the log, the heartbeat and `status`. */
export interface Situation {
  /**
   * Notes a problem; `reason` undefined: it is over. It is logged when it begins, changes or ends, not each time.
   * `unauthorised`: the board refuses the credentials.
   */
  note(place: Place, reason: Reason | undefined, unauthorised?: boolean): void;
  /** The problem that the hub is told. Undefined: there is none. */
  problem(): Reason | undefined;
  /** The calls for which the board refuses the credentials. */
  unauthorised(): NonNullable<Heartbeat['unauthorised']>;
}

const placeCodes = {
  hub: 'with_hub',
  configuration: 'with_configuration',
  reading: 'with_reading',
  writing: 'with_writing',
  spool: 'with_spool',
} as const satisfies Record<Place, ReasonCode>;

export function createSituation({ write }: SpoolDatabase, log: Logger): Situation {
  const problems = new Map<Place, Reason>();
  const shutOut = new Set<Place>();
  const problem = () => {
    const reasons = [...problems]
      .filter(([place]) => place !== 'hub')
      .map(([place, detail]) => toReason('at', { place: toReason(placeCodes[place]), detail }));
    return reasons.length > 0 ? toOneReason(reasons) : undefined;
  };
  const save = () => {
    const facts = { boardProblem: problem() ?? null, hubProblem: problems.get('hub') ?? null };
    write((tx) => setFacts(tx, facts)).catch((err: unknown) =>
      log.error({ err }, 'the spool cannot be written'),
    );
  };
  // Problems that an earlier run of the agent stored no longer hold.
  save();
  return {
    note(place, reason, unauthorised = false) {
      if (unauthorised) shutOut.add(place);
      else shutOut.delete(place);
      if (isDeepStrictEqual(problems.get(place), reason)) return;
      if (reason === undefined) problems.delete(place);
      else problems.set(place, reason);
      if (reason === undefined) log.info({ place }, 'well again');
      else log.warn({ place, reason: wordReason(reason, 'en') }, 'something is wrong');
      save();
    },
    problem,
    unauthorised: () => [
      ...(shutOut.has('writing') ? (['delivery'] as const) : []),
      ...(shutOut.has('reading') ? (['poll'] as const) : []),
    ],
  };
}
