import { fileURLToPath } from 'node:url';
import { startHub } from '../../../hub/app.ts';
import { readSettings } from '../../../hub/settings.ts';
import { answerBench, readGiven } from '../child-protocol.ts';
import type { Given, SubjectReady } from './given.ts';
import { readUsage } from './usage.ts';

/** Subjects c and d: the hub as it is started in production, in one process with both roles. */
const { databaseUrl, redisUrl, smtpUrl } = readGiven<Given>();
const settings = readSettings({
  DATABASE_URL: databaseUrl,
  REDIS_URL: redisUrl,
  SMTP_URL: smtpUrl,
  CONFIG_DIR: fileURLToPath(new URL('../../../config', import.meta.url)),
  PORT: '0',
});
const hub = await startHub(settings);
answerBench({ url: hub.url } satisfies SubjectReady, { usage: readUsage }, hub.stop);
