import type { Lane } from './model/matter.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage/stage.ts';

/** A kind of board in a scenario. */
export type LaneKind = 'rest' | 'soap' | 'resend' | 'park' | 'agent' | 'late' | 'late-agent';

/** A fault and how it is caused. */
export interface Scenario {
  name: string;
  /** One line for --list. */
  what: string;
  quick: boolean;
  lanes: [LaneKind, ...LaneKind[]];
  /** The scenarios of one group break different boards, so they share a start. */
  group?: string;
  hubs?: number;
  redis?: boolean;
  ownDatabase?: boolean;
  /** Prepares what the stage needs from outside, in this folder. */
  prepare?(folder: string): Prepared;
  /** True: complaints come from the door, each with a file. */
  files?: boolean;
  /** The number of complaints for each lane. */
  complaints: { quick: number; full: number };
  /** Seconds over which complaints are filed in the full run. This must not exceed the duration of the fault. */
  filedOver?: number;
  /** True for a complaint, by its mark, whose mail address the mail server does not know. */
  refusesMailOf?(mark: string): boolean;
  /** Seconds after the end of the fault within which everything must be level. */
  within: { quick: number; full: number };
  /** Why the scenario cannot run here. Undefined: it can. */
  cannotRun?(): string | undefined;
  /** Causes the fault. Resolves when the fault is over. */
  inject(injection: Injection): Promise<void>;
}

/** Additions to the hub's environment, and how to undo the preparation. */
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
  /** Waits for milliseconds. Rejects when the suite's time is over. */
  pause(milliseconds: number): Promise<void>;
  /** Waits for a condition, for at most a minute and a half. */
  waitFor(what: string, isTrue: () => Promise<boolean>): Promise<void>;
  /** True if all planned effects exist and the hub is at rest. */
  isLevel(): Promise<boolean>;
  /** Runs a command of the hub as an operator does. Rejects if it fails. */
  runHubCommand(args: string[]): Promise<void>;
  /** Adds to the number of unknown outcomes at this place (an agency's board, or `mail`). */
  noteUnknown(place: string, times: number): void;
}

/** The boards of a scenario, each with its own agency. */
export const toLanes = ({ name, lanes }: Pick<Scenario, 'name' | 'lanes'>): Lane[] =>
  lanes.map((kind) => ({
    code: `${name.slice(0, 22)}-${kind}`,
    board: kind === 'soap' ? 'soap' : 'rest',
    asked: kind !== 'resend' && kind !== 'park',
    ...(kind.endsWith('agent') && { behindAgent: true as const }),
    ...(kind.startsWith('late') && { commitsLate: true as const }),
    ...((kind === 'resend' || kind === 'park') && { onUnknown: kind }),
    scenario: name,
  }));
