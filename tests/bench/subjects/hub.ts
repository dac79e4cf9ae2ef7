import { fileURLToPath } from 'node:url';
import { startHub } from '../../../hub/app.ts';
import { readSettings } from '../../../hub/settings.ts';
import { answerBench, readGiven } from '../child-protocol.ts';
import type { Given, SubjectReady } from './given.ts';
import { readUsage } from './usage.ts';

/**
 * Subjects c and d: the hub in one process with both roles. Subjects e and f: only the part that accepts complaints.
 */
const { databaseUrl, redisUrl, smtpUrl, roles, sealing } = readGiven<Given>();
const settings = readSettings({
  DATABASE_URL: databaseUrl,
  REDIS_URL: redisUrl,
  SMTP_URL: smtpUrl,
  CONFIG_DIR: fileURLToPath(new URL('../../../config', import.meta.url)),
  PORT: '0',
  ROLES: roles,
  ...(sealing && { SEALING_KEY: `file:${sealing.keyFile}`, SEALING_ALGORITHM: sealing.algorithm }),
});
const hub = await startHub(settings);
answerBench({ url: hub.url } satisfies SubjectReady, { usage: readUsage }, hub.stop);
