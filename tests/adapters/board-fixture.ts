/** A sample board per adapter kind; the conformance laws run over every kind of the registry. */
import type { StartFixture } from '../../adapters/kit/board-fixture.ts';
import { startOpen311Fixture } from './open311-fixture.ts';
import { startRestFixture } from './rest-fixture.ts';
import { startSoapFixture } from './soap-fixture.ts';
import { startSqlFixture } from './sql-fixture.ts';
import { startWebhookFixture } from './webhook-fixture.ts';

/** One line per adapter kind. */
export const fixtures: Record<string, StartFixture> = {
  rest: startRestFixture,
  soap: startSoapFixture,
  sql: startSqlFixture,
  webhook: startWebhookFixture,
  open311: startOpen311Fixture,
};
