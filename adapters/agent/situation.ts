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
import type { BoardError } from '../contract.ts';
import type { SpoolDatabase } from './spool/database.ts';
import { setFacts } from './spool/facts.ts';

type FailureKind = BoardError['kind'];
type Place = 'hub' | 'configuration' | 'reading' | 'writing' | 'spool';

/** The current problems, for the log, the heartbeat and `status`. */
export interface Situation {
  /**
   * Notes a problem; `reason` undefined: it is over. It is logged when it begins, changes or ends, not each time.
   * `kind`: the kind of failure at the board, if it is known.
   */
  note(place: Place, reason: Reason | undefined, kind?: FailureKind): void;
  /** The problem that the hub is told. Undefined: there is none. */
  problem(): Reason | undefined;
  /** Why the board cannot be read. Undefined: it can, or the kind of failure is unknown. */
  problemKind(): FailureKind | undefined;
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
  const kinds = new Map<Place, FailureKind>();
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
    note(place, reason, kind) {
      if (kind) kinds.set(place, kind);
      else kinds.delete(place);
      if (isDeepStrictEqual(problems.get(place), reason)) return;
      if (reason === undefined) problems.delete(place);
      else problems.set(place, reason);
      if (reason === undefined) log.info({ place }, 'well again');
      else log.warn({ place, reason: wordReason(reason, 'en') }, 'something is wrong');
      save();
    },
    problem,
    problemKind: () => kinds.get('reading'),
    unauthorised: () => [
      ...(kinds.get('writing') === 'unauthorised' ? (['delivery'] as const) : []),
      ...(kinds.get('reading') === 'unauthorised' ? (['poll'] as const) : []),
    ],
  };
}
