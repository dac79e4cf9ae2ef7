import type { BreakKind } from '../proxy/protocol.ts';
import type { Scenario } from '../scenario.ts';
import { killHub } from './unknown-outcomes.ts';

const agentKilled: Scenario = {
  name: 'agent-killed',
  what: 'kill -9 of an agent again and again, while the hub is away and posts and changes wait at the agent',
  quick: false,
  lanes: ['agent'],
  complaints: { quick: 6, full: 30 },
  filedOver: 10,
  within: { quick: 25, full: 60 },
  async inject(injection) {
    const { stage, lanes, full, random, pause } = injection;
    const [hub] = stage.hubs;
    const code = lanes[0]?.code ?? '';
    const agent = stage.agents[code];
    if (!hub || !agent) throw new Error('there is no agent on this stage');
    const killAgent = async (times: number) => {
      for (let kills = full ? times : 1; kills > 0; kills--) {
        await pause(random.between(300, 1_200));
        await agent.kill();
        agent.start();
      }
    };
    const breakBoard = (kind: BreakKind, share: number) =>
      stage.proxy.ask('break', { code, kinds: [kind], share, seed: random.between(0, 2 ** 31) });
    // What the hub gives out waits at the agent; then the hub goes, and what the board is given waits there as well.
    await breakBoard('error-500', 1);
    await pause(1_500);
    await killHub(injection);
    // Replies that do not come, so that the agent is killed in the middle of calls.
    await breakBoard('hang-after', 0.5);
    await killAgent(5);
    await hub.start();
    // And while both catch up.
    await killAgent(5);
    await stage.proxy.ask('heal', code);
  },
};

export const agentScenarios = [agentKilled];
