import type { DestinationStream } from 'pino';
import { createRedactedLog } from '../../adapters/relay/redacted-log.ts';
import type { Settings } from '../settings.ts';

/** The hub's log. */
export const createLog = ({ LOG_LEVEL }: Pick<Settings, 'LOG_LEVEL'>, destination?: DestinationStream) =>
  createRedactedLog(LOG_LEVEL, destination);
