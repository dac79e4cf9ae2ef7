import { answerBench, readGiven } from '../child-protocol.ts';
import type { Given, SubjectReady } from './given.ts';
import { startIntake } from './intake.ts';
import { readUsage } from './usage.ts';

/** Subject a: accepts complaints and does nothing with them. */
const intake = await startIntake(readGiven<Given>().databaseUrl, () => undefined);
answerBench({ url: intake.url } satisfies SubjectReady, { usage: readUsage }, intake.close);
