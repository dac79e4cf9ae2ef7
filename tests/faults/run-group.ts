import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Load, startLoad } from './load.ts';
import { type Machine, TimeOver } from './machine.ts';
import { countEffects, type Rules, type Seen, type Tally } from './model/count.ts';
import { emailOf, type Matter, markIn, planMatters } from './model/matter.ts';
import { settleParked } from './person.ts';
import type { ProxyCounts } from './proxy/protocol.ts';
import { createRandom, deriveSeed } from './random.ts';
import type { RunOptions } from './run-options.ts';
import { type Injection, type Scenario, toLanes } from './scenario.ts';
import { query } from './stage/database.ts';
import { runHubCommand } from './stage/hub-process.ts';
import { openStage, type Stage, type StageOptions } from './stage/stage.ts';

/** The result of one scenario. */
export interface Result {
  scenario: string;
  complaints: number;
  tally: Tally;
  /** The number of unknown outcomes by place. As many duplicates are allowed there. */
  unknown: Record<string, number>;
  /** The number of decisions by an administrator at the console. */
  byHand: number;
  /** Seconds from the end of the fault until everything was level. null: it never was. */
  recovery: number | null;
  /** Faults other than those in the count. */
  problems: string[];
  /** Work that was left when the time was over. Then missing effects prove nothing. */
  unfinished: string[];
}

/** One running scenario. */
interface Running {
  scenario: Scenario;
  matters: Matter[];
  unknown: Map<string, number>;
  problems: string[];
  unfinished: string[];
  rules: Rules;
  /** Milliseconds by the machine's clock (machine.ts). */
  faultEnded?: number;
  levelAt?: number;
}

const tickEvery = 150;
const lookEvery = 500;
/** Milliseconds by the machine's clock (machine.ts). */
const waitWithin = 90_000;
const pollsWithin = 8_000;

/** Runs the scenarios of one group on one stage, from an empty database to the count. */
export async function runGroup(group: readonly Scenario[], options: RunOptions): Promise<Result[]> {
  const name = group[0]?.group ?? group[0]?.name ?? '';
  const folder = join(options.folder, name);
  mkdirSync(folder, { recursive: true });
  const prepared = group.flatMap((scenario) => scenario.prepare?.(folder) ?? []);
  try {
    const wanted: StageOptions = {
      name,
      lanes: group.flatMap(toLanes),
      hubs: group[0]?.hubs ?? 1,
      redis: group.some(({ redis }) => redis),
      ownDatabase: group.some(({ ownDatabase }) => ownDatabase),
      environment: Object.assign({}, ...prepared.map(({ environment }) => environment)),
    };
    const stage = await openStage(wanted, folder, options.shared, options.machine.stretch);
    try {
      return await play(stage, group, options);
    } finally {
      await stage.close();
    }
  } finally {
    for (const { undo } of prepared) undo();
  }
}

async function play(stage: Stage, group: readonly Scenario[], options: RunOptions): Promise<Result[]> {
  const running = prepare(stage, group, options);
  const watch = startWatch(
    stage,
    startLoad(
      stage,
      running.flatMap(({ matters }) => matters),
      options,
    ),
    running,
  );
  try {
    await Promise.all(running.map((one) => inject(stage, one, options, watch)));
    const byHand = await waitUntilLevel(stage, running, options, watch);
    const seen = await stage.outside.ask<Seen>('see');
    const counts = await stage.proxy.ask<Record<string, ProxyCounts>>('counts');
    for (const { scenario, unknown } of running)
      for (const { code } of toLanes(scenario)) addTo(unknown, code, counts[code]?.unknown ?? 0);
    return running.map((one) => toResult(one, seen, byHand.get(one.scenario.name) ?? 0, watch));
  } finally {
    await watch.stop();
  }
}

function prepare(stage: Stage, group: readonly Scenario[], { seed, full }: RunOptions): Running[] {
  // Where the hub parks instead of asking the board, a person looked before anything was sent again.
  const mayRepeat = new Set(
    stage.lanes.filter(({ onUnknown }) => onUnknown === 'resend').map(({ code }) => code),
  );
  let first = 1;
  return group.map((scenario) => {
    const random = createRandom(deriveSeed(seed, `${scenario.name} complaints`));
    const lanes = toLanes(scenario);
    const each = full ? scenario.complaints.full : scenario.complaints.quick;
    const matters = planMatters(lanes, each, {
      spread: 1000 * (full ? (scenario.filedOver ?? 6) : 2),
      first,
      random,
      files: scenario.files ?? false,
    });
    first += matters.length;
    const refused = matters.filter(({ mark }) => scenario.refusesMailOf?.(mark)).map(emailOf);
    const rules: Rules = {
      // The SMS gateway refuses a repeated signature, so a text message is never duplicated. A mail server cannot be
      // asked.
      asked: (place) => place !== 'mail' && !mayRepeat.has(place),
      refused: new Set(refused),
    };
    return { scenario, matters, unknown: new Map(), problems: [], unfinished: [], rules };
  });
}

function addTo(counts: Map<string, number>, name: string, times: number): void {
  counts.set(name, (counts.get(name) ?? 0) + times);
}

/** Watches the boards and lets the people act. */
interface Watch {
  seen(): Seen;
  /** Marks of the complaints for which somebody still has something to do. */
  unfinished(): Set<string>;
  failures(): string[];
  stop(): Promise<void>;
}

function startWatch(stage: Stage, load: Load, running: Running[]): Watch {
  let seen: Seen = { copies: [], messages: [] };
  let stopped = false;
  const fallen = new Set<number>();

  async function tick(): Promise<void> {
    seen = await stage.outside.ask<Seen>('see');
    await load.step(seen);
    for (const [index, hub] of stage.hubs.entries()) {
      if (!hub.hasFallen || fallen.has(index)) continue;
      fallen.add(index);
      for (const { problems } of running) problems.push('the hub has ended by itself; see its log');
    }
  }
  const ticking = (async () => {
    while (!stopped) {
      await tick();
      await pause(tickEvery);
    }
  })();
  // Whoever waits for it gets the error.
  ticking.catch(() => undefined);
  return {
    seen: () => seen,
    unfinished: () => load.unfinished(),
    failures: () => load.failures,
    async stop() {
      stopped = true;
      await ticking;
    },
  };
}

async function inject(
  stage: Stage,
  running: Running,
  { seed, full, machine, deadline }: RunOptions,
  watch: Watch,
): Promise<void> {
  const { scenario, unknown, matters } = running;
  const wait = (milliseconds: number) => pause(milliseconds, undefined, { signal: deadline });
  if (scenario.refusesMailOf) {
    const refuse = matters.filter(({ mark }) => scenario.refusesMailOf?.(mark)).map(emailOf);
    await stage.outside.ask('setFaults', { refuse });
  }
  const injection: Injection = {
    stage,
    full,
    lanes: toLanes(scenario),
    pause: wait,
    random: createRandom(deriveSeed(seed, scenario.name)),
    noteUnknown: (place, times) => addTo(unknown, place, times),
    isLevel: async () => (await listLevel(stage, [running], watch)).length > 0,
    runHubCommand: (args) => runHubCommand(args, stage.environment, machine.stretch),
    async waitFor(what, isTrue) {
      for (const until = machine.elapsed() + waitWithin; !(await isTrue()); await wait(200))
        if (machine.elapsed() > until) throw new TimeOver(what);
    },
  };
  try {
    // Some complaints must be on their way before the fault begins.
    await injection.waitFor('the first complaint', async () => watch.seen().copies.length > 0);
    await scenario.inject(injection);
  } catch (error) {
    const inTime = !(error instanceof TimeOver || deadline.aborted);
    (inTime ? running.problems : running.unfinished).push(`the fault could not be made: ${String(error)}`);
  }
  running.faultEnded = machine.elapsed();
}

/** Waits until each scenario is level or its time is over. Then it waits a little longer for duplicates. */
async function waitUntilLevel(
  stage: Stage,
  running: Running[],
  { full, machine, deadline }: RunOptions,
  watch: Watch,
): Promise<Map<string, number>> {
  const byHand = new Map<string, number>();
  const timeOf = ({ faultEnded = 0, scenario }: Running) =>
    faultEnded + 1000 * (full ? scenario.within.full : scenario.within.quick) - machine.elapsed();
  let lastError: unknown;
  const isOpen = (one: Running) => one.levelAt === undefined && timeOf(one) > 0;
  while (running.some(isOpen) && !deadline.aborted) {
    try {
      lastError = undefined;
      for (const one of await listLevel(stage, running.filter(isOpen), watch))
        one.levelAt = machine.elapsed();
      for (const mark of await settleParked(stage, watch.seen())) {
        const owner = running.find(({ matters }) => matters.some((matter) => matter.mark === mark));
        addTo(byHand, owner?.scenario.name ?? '', 1);
      }
    } catch (error) {
      // A hub that does not answer yet is asked again.
      lastError = error;
    }
    await pause(lookEvery);
  }
  await noteUnfinished(stage, running, watch, lastError);
  await waitForPolls(stage, machine, deadline);
  return byHand;
}

/**
 * Notes for each scenario that was not level in time whether work was left. Otherwise everything is at rest and
 * something is missing.
 */
async function noteUnfinished(stage: Stage, running: Running[], watch: Watch, error: unknown): Promise<void> {
  const late = running.filter(({ levelAt }) => levelAt === undefined);
  if (late.length === 0) return;
  if (error !== undefined) for (const { unfinished } of late) unfinished.push(String(error));
  const atHub = await findUnfinished(stage).catch(() => new Set<string>());
  const toDo = new Map([
    ...[...watch.unfinished()].map((mark) => [mark, 'people'] as const),
    ...[...atHub].map((mark) => [mark, 'the hub'] as const),
  ]);
  for (const { matters, unfinished } of late)
    for (const { mark } of matters)
      if (toDo.has(mark)) unfinished.push(`${mark}: ${toDo.get(mark)} had something to do yet`);
}

/** The scenarios whose planned effects all exist, while neither the hub nor a person has work left for them. */
async function listLevel(stage: Stage, open: Running[], watch: Watch): Promise<Running[]> {
  const seen = watch.seen();
  const unfinished = new Set([...watch.unfinished(), ...(await findUnfinished(stage))]);
  return open.filter(
    ({ matters, rules }) =>
      matters.every(({ mark }) => !unfinished.has(mark)) && countEffects(matters, seen, rules).lost === 0,
  );
}

const unfinishedText = `
select c.content->>'title' as title from links l join complaints c on c.id = l.complaint_id
where l.state = 'parked' or (l.state = 'open' and l.held < l.due)
union
select c.content->>'title' from notices n join complaints c on c.id = n.complaint_id where n.state = 'due'`;

/** Marks of the complaints for which the hub has work left. This only ends the waiting; nothing is counted by it. */
async function findUnfinished(stage: Stage): Promise<Set<string>> {
  const rows = await query<{ title: string }>(stage.databaseUrl(), unfinishedText);
  return new Set(rows.map(({ title }) => markIn(title) ?? title));
}

/** Duplicates come late, so each board is polled a few more times. */
async function waitForPolls(stage: Stage, machine: Machine, deadline: AbortSignal): Promise<void> {
  const polls = 3;
  const count = () => stage.proxy.ask<Record<string, ProxyCounts>>('counts');
  const before = await count();
  const codes = stage.lanes.filter(({ asked }) => asked).map(({ code }) => code);
  const until = machine.elapsed() + pollsWithin;
  for (; machine.elapsed() < until && !deadline.aborted; await pause(100)) {
    const now = await count();
    if (codes.every((code) => (now[code]?.requests ?? 0) >= (before[code]?.requests ?? 0) + polls)) return;
  }
}

function toResult(one: Running, seen: Seen, byHand: number, watch: Watch): Result {
  const { scenario, matters, unknown, problems, unfinished, rules, faultEnded, levelAt } = one;
  const marks = new Set(matters.map(({ mark }) => mark));
  const failures = watch.failures().filter((failure) => marks.has(failure.slice(0, 6)));
  return {
    scenario: scenario.name,
    complaints: matters.length,
    tally: countEffects(matters, seen, rules),
    // Where duplicates are not allowed at all, the number of unknown outcomes does not matter.
    unknown: Object.fromEntries([...unknown].filter(([place, times]) => times > 0 && !rules.asked(place))),
    byHand,
    recovery: levelAt && faultEnded ? (levelAt - faultEnded) / 1000 : null,
    problems: [...problems, ...failures],
    unfinished,
  };
}
