import type { Selectable } from 'kysely';
import type { Heartbeat } from '../../../schemas/index.ts';
import { fromGiven, type Reason } from '../../../schemas/reason.ts';
import type { Store } from '../../store/database.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { agentPolicy } from '../boards/agent-policy.ts';

/** The state of an agency's agent, as people see it. Times are the hub's, whatever the agent's clock shows. */
export interface AgentEntry {
  state: 'not_installed' | 'enrolled' | 'silent' | 'troubled' | 'well';
  enrolledAt: Date | null;
  /** An enrolment token is valid until then. Null: none is open. */
  tokenExpiresAt: Date | null;
  heartbeatAt: Date | null;
  /** Seconds by which the agent's clock is ahead. */
  skew: number | null;
  isSkewed: boolean;
  version: string | null;
  node: string | null;
  memoryMb: number | null;
  configuration: number | null;
  /** What the agent reported about the configuration that it got last. */
  reported: { version: number; outcome: 'applied' | 'rolled-back'; reason: Reason | null } | null;
  backlog: Heartbeat['backlog'] | null;
  oldest: Date | null;
  readAt: Date | null;
  writtenAt: Date | null;
  problem: Reason | null;
  certificateExpiresAt: Date | null;
  endsSoon: boolean;
}

const none: AgentEntry = {
  state: 'not_installed',
  enrolledAt: null,
  tokenExpiresAt: null,
  heartbeatAt: null,
  skew: null,
  isSkewed: false,
  version: null,
  node: null,
  memoryMb: null,
  configuration: null,
  reported: null,
  backlog: null,
  oldest: null,
  readAt: null,
  writtenAt: null,
  problem: null,
  certificateExpiresAt: null,
  endsSoon: false,
};

export async function readAgent({ db }: Store, agency: string, now = Date.now()): Promise<AgentEntry> {
  const row = await db.selectFrom('agents').selectAll().where('agency', '=', agency).executeTakeFirst();
  if (!row) return none;
  const { heartbeat, heartbeat_at: heartbeatAt, enrolled_at: enrolledAt } = row;
  const isGood = row.token_expires_at !== null && row.token_expires_at.getTime() > now;
  const heardOf = heartbeatAt ?? enrolledAt;
  const isSilent = heardOf !== null && heardOf.getTime() < now - agentPolicy.silentAfter * 1000;
  const reported = toReported(row);
  const isTroubled = heartbeat?.problem !== undefined || reported?.outcome === 'rolled-back';
  const states: [boolean, AgentEntry['state']][] = [
    [isSilent, 'silent'],
    [heartbeat !== null && isTroubled, 'troubled'],
    [heartbeat !== null, 'well'],
    [enrolledAt !== null, 'enrolled'],
  ];
  return {
    ...none,
    ...(heartbeat && toTold(heartbeat, row.skew ?? 0, now)),
    enrolledAt,
    heartbeatAt,
    reported,
    tokenExpiresAt: isGood ? row.token_expires_at : null,
    state: states.find(([holds]) => holds)?.[1] ?? 'not_installed',
  };
}

type AgentRow = Selectable<Tables['agents']>;

function toReported(row: AgentRow): AgentEntry['reported'] {
  const { configuration: version, configuration_outcome: outcome, configuration_reason: reason } = row;
  return version === null || outcome === null ? null : { version, outcome, reason };
}

/** `skew`: milliseconds by which the agent's clock is ahead. */
function toTold(beat: Heartbeat, skew: number, now: number): Partial<AgentEntry> {
  const toHub = (time: string | undefined) => (time ? new Date(Date.parse(time) - skew) : null);
  const ends = beat.certificateExpiresAt ? new Date(beat.certificateExpiresAt) : null;
  const soon = now + agentPolicy.certificateDays * 86_400_000;
  return {
    version: beat.agent,
    node: beat.node,
    memoryMb: beat.memoryMb,
    backlog: beat.backlog,
    configuration: beat.configuration ?? null,
    problem: beat.problem === undefined ? null : fromGiven(beat.problem),
    skew: Math.round(skew / 1000),
    isSkewed: Math.abs(skew) > agentPolicy.mostSkew,
    oldest: toHub(beat.backlog.oldest),
    readAt: toHub(beat.readAt),
    writtenAt: toHub(beat.writtenAt),
    certificateExpiresAt: ends,
    endsSoon: ends !== null && ends.getTime() < soon,
  };
}
