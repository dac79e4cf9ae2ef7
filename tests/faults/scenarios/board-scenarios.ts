import { type BreakKind, lateKinds, type ProxyCounts } from '../proxy/protocol.ts';
import type { LaneKind, Scenario } from '../scenario.ts';

const within = { quick: 40, full: 150 };
const both: [LaneKind, ...LaneKind[]] = ['rest', 'soap'];

/** Half the calls to these boards fail for some seconds. */
function broken(
  name: string,
  what: string,
  kinds: [BreakKind, ...BreakKind[]],
  more: Partial<Pick<Scenario, 'lanes' | 'quick'>> = {},
): Scenario {
  const { lanes = both, quick = true } = more;
  return {
    name,
    what,
    quick,
    lanes,
    within,
    group: 'boards',
    complaints: { quick: 2, full: 12 },
    async inject({ stage, lanes: own, full, random, pause }) {
      const boards = own.map(({ code }) => code);
      for (const code of boards)
        await stage.proxy.ask('break', { code, kinds, share: 0.5, seed: random.between(0, 2 ** 31) });
      await pause(full ? 12_000 : 3_000);
      for (const code of boards) await stage.proxy.ask('heal', code);
    },
  };
}

const clockGoesBack: Scenario = {
  name: 'board-clock-back',
  what: "a board's clock is set back by less than its configured overlap, and forward again",
  quick: true,
  lanes: both,
  group: 'boards',
  complaints: { quick: 2, full: 12 },
  within,
  async inject({ stage, lanes, full, random, pause }) {
    for (let turns = full ? 4 : 1; turns > 0; turns--) {
      for (const { code } of lanes)
        await stage.outside.ask('setClock', { code, seconds: -random.between(1, 3) });
      await pause(2_000);
      for (const { code } of lanes) await stage.outside.ask('setClock', { code, seconds: 0 });
      await pause(500);
    }
  },
};

const commitsLate: Scenario = {
  name: 'board-commits-late',
  what: 'boards go on with a write that was given up, and do it 1, 30 and 90 seconds after the caller left',
  quick: true,
  lanes: ['late', 'late-agent'],
  complaints: { quick: 3, full: 12 },
  within: { quick: 150, full: 240 },
  async inject({ stage, lanes, full, random, pause, waitFor }) {
    const areAll = async (is: (counts: ProxyCounts) => boolean) => {
      const counts = await stage.proxy.ask<Record<string, ProxyCounts>>('counts');
      return lanes.every(({ code }) => is(counts[code] as ProxyCounts));
    };
    for (const { code } of lanes)
      await stage.proxy.ask('break', {
        code,
        kinds: full ? [...lateKinds] : ['late-1', 'late-30'],
        share: 1,
        seed: random.between(0, 2 ** 31),
      });
    await waitFor('writes that are done late', () => areAll(({ broken }) => broken >= (full ? 6 : 2)));
    for (const { code } of lanes) await stage.proxy.ask('heal', code);
    await pause(full ? 90_000 : 30_000);
    await waitFor('the last late write', () => areAll(({ late }) => late === 0));
  },
};

export const boardScenarios = [
  broken('board-resets', 'boards cut the connection, mostly after having processed', [
    ...(['reset-after', 'reset-after', 'reset-before'] as const),
  ]),
  broken(
    'board-resets-resend',
    'the same; the board cannot be asked, and the agency chose to resend',
    ['reset-after'],
    {
      lanes: ['resend'],
    },
  ),
  broken('board-resets-park', 'the same; the agency chose to park, and a person decides', ['reset-after'], {
    lanes: ['park'],
  }),
  broken('board-hangs', 'boards never reply, before or after having processed', [
    'hang-before',
    'hang-after',
  ]),
  broken('board-drips', 'boards reply a byte at a time', ['drip']),
  broken('board-500', 'boards answer 500, before or after having processed', [
    'error-500',
    'error-500-after',
  ]),
  broken('board-429', 'boards answer 429 with Retry-After', ['busy-429']),
  broken('board-error-in-200', 'boards answer 200 with an error in the body', ['error-in-200']),
  broken('board-malformed', 'boards process, and their XML or JSON is cut off', ['malformed']),
  broken('board-wrong-encoding', 'boards process, and their XML or JSON is in another charset than it says', [
    ...(['wrong-encoding', 'cut-syllable'] as const),
  ]),
  broken('board-duplicate-ids', 'lists of boards name posts twice, or newest first', [
    'duplicate-ids',
    'reordered',
  ]),
  clockGoesBack,
  commitsLate,
];
