import type { Scenario } from '../scenario.ts';
import { killHub } from './unknown-outcomes.ts';

const within = { quick: 25, full: 90 };

const hubKilled: Scenario = {
  name: 'hub-killed',
  what: 'kill -9 of the hub at random points, also with boards that cannot be asked',
  quick: true,
  lanes: ['rest', 'soap', 'resend', 'park'],
  complaints: { quick: 4, full: 25 },
  filedOver: 40,
  within,
  async inject(injection) {
    const { stage, full, random, pause } = injection;
    const [hub] = stage.hubs;
    for (let kills = full ? 20 : 3; kills > 0; kills--) {
      await pause(random.between(200, 1_500));
      await killHub(injection);
      await hub?.start();
    }
  },
};

const oneOfTwoKilled: Scenario = {
  name: 'one-of-two-hubs-killed',
  what: 'two hubs on one database, one of them killed and started again',
  quick: true,
  lanes: ['rest', 'soap'],
  hubs: 2,
  complaints: { quick: 5, full: 25 },
  filedOver: 20,
  within,
  async inject(injection) {
    const { stage, full, random, pause } = injection;
    for (let kills = full ? 8 : 1; kills > 0; kills--) {
      await pause(random.between(300, 1_500));
      const which = random.between(0, 1);
      await killHub(injection, which);
      // For a while the other hub has all the work.
      await pause(random.between(200, 1_500));
      await stage.hubs[which]?.start();
    }
  },
};

const rollingRestart: Scenario = {
  name: 'rolling-restart',
  what: 'two hubs on one database, stopped and started in turn under load',
  quick: true,
  lanes: ['rest', 'soap', 'resend'],
  hubs: 2,
  complaints: { quick: 4, full: 20 },
  filedOver: 20,
  within,
  async inject({ stage, full, random, pause }) {
    for (let rounds = full ? 4 : 1; rounds > 0; rounds--)
      for (const hub of stage.hubs) {
        await pause(random.between(200, 1_200));
        await hub.stop();
        await hub.start();
      }
  },
};

export const hubScenarios = [hubKilled, oneOfTwoKilled, rollingRestart];
