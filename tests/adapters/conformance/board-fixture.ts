/** A sample board per adapter kind; the conformance laws run over every kind of the registry. */
import type { StartFixture } from '../../../adapters/conformance/board-fixture.ts';
import { hasMailServer } from '../../support/servers/mail-server.ts';
import { startMailFixture } from './mail-fixture.ts';
import { startOpen311Fixture } from './open311-fixture.ts';
import { startRestFixture } from './rest-fixture.ts';
import { startSoapFixture } from './soap-fixture.ts';
import { startSqlFixture } from './sql-fixture.ts';
import { startWebhookFixture } from './webhook-fixture.ts';

/** One line per adapter kind. */
export const fixtures: Record<string, StartFixture> = {
  mail: startMailFixture,
  rest: startRestFixture,
  soap: startSoapFixture,
  sql: startSqlFixture,
  webhook: startWebhookFixture,
  open311: startOpen311Fixture,
};

/** Programs that a sample board needs and a machine may lack. */
export const isMissing: Record<string, () => boolean> = { mail: () => !hasMailServer() };
