import type { Lane } from './model/matter.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage/stage.ts';

/** A kind of board that takes part in a scenario. */
export type LaneKind = 'rest' | 'soap' | 'resend' | 'park' | 'agent';

/** What is broken, and how. */
export interface Scenario {
  name: string;
  /** One line for --list. */
  what: string;
  quick: boolean;
  lanes: [LaneKind, ...LaneKind[]];
  /** Scenarios of one group break different boards, so they share a start-up. */
  group?: string;
  hubs?: number;
  redis?: boolean;
  ownDatabase?: boolean;
  /** Makes ready what lies outside the stage, below this folder. */
  prepare?(folder: string): Prepared;
  /** Complaints come from the door, each with a file. */
  files?: boolean;
  /** Complaints for each lane. */
  complaints: { quick: number; full: number };
  /** Seconds over which they are filed in the full run: not longer than the fault lasts. */
  filedOver?: number;
  /** Mail addresses that the mail server does not know, by the marks of the complaints. */
  refusesMailOf?(mark: string): boolean;
  /** Seconds after the end of the fault in which everything must be level. */
  within: { quick: number; full: number };
  /** Why it cannot run here; undefined: it can. */
  cannotRun?(): string | undefined;
  /** Break things, and resolve when nothing is broken any more. */
  inject(injection: Injection): Promise<void>;
}

/** More of the hub's environment, and how to undo what was made ready. */
interface Prepared {
  environment: Record<string, string>;
  undo(): void;
}

export interface Injection {
  stage: Stage;
  /** The boards of this scenario. */
  lanes: Lane[];
  full: boolean;
  random: Random;
  /** Milliseconds; rejects when the time of the suite is over. */
  pause(milliseconds: number): Promise<void>;
  /** Waits for a condition, a minute and a half at the most. */
  waitFor(what: string, isTrue: () => Promise<boolean>): Promise<void>;
  /** Is all there that was planned, and the hub at rest? */
  isLevel(): Promise<boolean>;
  /** Runs a command of the hub as an operator does; rejects when it fails. */
  runHubCommand(args: string[]): Promise<void>;
  /** At this place (an agency's board, or `mail`) this many more outcomes were unknown. */
  noteUnknown(place: string, times: number): void;
}

/** The boards of a scenario: one agency each. */
export const toLanes = ({ name, lanes }: Pick<Scenario, 'name' | 'lanes'>): Lane[] =>
  lanes.map((kind) => ({
    code: `${name.slice(0, 22)}-${kind}`,
    board: kind === 'soap' ? 'soap' : 'rest',
    asked: kind !== 'resend' && kind !== 'park',
    ...(kind === 'agent' && { behindAgent: true as const }),
    ...((kind === 'resend' || kind === 'park') && { onUnknown: kind }),
    scenario: name,
  }));
