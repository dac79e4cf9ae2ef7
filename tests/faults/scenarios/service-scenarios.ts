import type { Scenario } from '../scenario.ts';
import { findRedis } from '../stage/redis.ts';
import { noteInterrupted } from './unknown-outcomes.ts';

const within = { quick: 30, full: 120 };
const noRedis = () => (findRedis() ? undefined : 'no redis-server is installed');

const databaseKilled: Scenario = {
  name: 'database-killed',
  what: 'kill -9 of PostgreSQL with all its processes, started again after a while',
  quick: true,
  lanes: ['rest', 'soap'],
  ownDatabase: true,
  complaints: { quick: 5, full: 25 },
  filedOver: 10,
  within,
  async inject(injection) {
    const { stage, full, random, pause } = injection;
    for (let kills = full ? 4 : 1; kills > 0; kills--) {
      await pause(random.between(500, 2_000));
      await stage.database.kill();
      await stage.proxy.ask('cutDatabase');
      await pause(random.between(300, full ? 4_000 : 1_000));
      await stage.database.restart();
      // The connection to the database is still cut, so no row changes while the rows are read.
      await noteInterrupted(injection);
      await stage.proxy.ask('openDatabase', stage.database.port());
    }
  },
};

const redisFlushed: Scenario = {
  name: 'redis-flushed',
  what: 'all that the queues hold is thrown away, again and again',
  quick: false,
  lanes: ['rest', 'soap'],
  redis: true,
  cannotRun: noRedis,
  complaints: { quick: 5, full: 25 },
  filedOver: 10,
  within,
  async inject({ stage, full, random, pause }) {
    for (let times = full ? 12 : 3; times > 0; times--) {
      await pause(random.between(200, 900));
      await stage.redis?.flush();
    }
  },
};

const redisKilled: Scenario = {
  name: 'redis-killed',
  what: 'kill -9 of Redis, which comes back empty, and a flush',
  quick: true,
  lanes: ['rest', 'soap'],
  redis: true,
  cannotRun: noRedis,
  complaints: { quick: 5, full: 25 },
  filedOver: 10,
  within,
  async inject({ stage, full, random, pause }) {
    for (let kills = full ? 4 : 1; kills > 0; kills--) {
      await pause(random.between(300, 1_500));
      await stage.redis?.flush();
      await pause(random.between(100, 600));
      await stage.redis?.kill();
      await pause(random.between(500, full ? 4_000 : 1_500));
      await stage.redis?.start();
    }
  },
};

export const serviceScenarios = [databaseKilled, redisFlushed, redisKilled];
