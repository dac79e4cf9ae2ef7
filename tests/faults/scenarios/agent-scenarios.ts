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
    // Changes from the hub wait at the agent. Then the hub goes away, and posts from the board wait there too.
    await breakBoard('error-500', 1);
    await pause(1_500);
    await killHub(injection);
    // Replies do not come, so that the agent is killed during calls.
    await breakBoard('hang-after', 0.5);
    await killAgent(5);
    await hub.start();
    // Once more while both catch up.
    await killAgent(5);
    await stage.proxy.ask('heal', code);
  },
};

export const agentScenarios = [agentKilled];
