import type { Agency, EventType } from '../../../schemas/index.ts';
import { writeAudit } from '../../access/audit/audit.ts';
import type { User } from '../../access/people/users.ts';
import { findInForce } from '../../configuration/versions.ts';
import type { SentSample } from '../../exchange/workbench/send-sample.ts';
import type { ConsoleDeps } from '../visit/console-context.ts';

type Deps = Pick<ConsoleDeps, 'store' | 'directory' | 'workbench' | 'log'>;

/** What differs at a target, for people who write one: a line or two for each kind of board. */
const examples: Record<string, string[]> = {
  rest: ['endpoint: https://test.agency.example/api'],
  soap: ['endpoint: https://test.agency.example/ws/minwon'],
  open311: ['endpoint: https://test.agency.example/open311/v2/'],
  webhook: ['url: https://test.agency.example/events'],
  sql: ['database: agency_test'],
  mail: [
    'replyAddress: "test+{token}@hub.example"',
    'officers: [{ address: tester@agency.example }]',
    'imap: { user: test@hub.example }',
  ],
};

/** What the page says of the rehearsal target. */
export interface ShownTarget {
  /** The places into which the sample would be written. Empty: there is no target. */
  places: string[];
  reason: Extract<SentSample, { ok: false }>['reason'] | null;
  /** The lines to write, where no target is named. */
  example: string | null;
}

export async function readTarget(deps: Deps, draft: Agency): Promise<ShownTarget> {
  const found = deps.workbench.findTarget(await toAsked(deps, draft));
  if (found.ok) return { places: found.places, reason: null, example: null };
  const { reason } = found;
  const lines = examples[draft.board?.adapter ?? ''] ?? ['…'];
  const isMissing = reason.code === 'rehearsal_target_missing';
  const example = ['rehearsal:', '  target:', ...lines.map((line) => `    ${line}`)].join('\n');
  return { places: [], reason, example: isMissing ? example : null };
}

/** Sends the sample and writes into the record of all changes what became of it. */
export async function sendToTarget(
  deps: Deps,
  user: User,
  { draft, event }: { draft: Agency; event: EventType },
): Promise<SentSample> {
  const { store, workbench, log } = deps;
  const { code } = draft;
  const sent = await workbench.sendSample({ ...(await toAsked(deps, draft)), event });
  const outcome = sent.ok ? (sent.events.at(-1)?.kind ?? 'not sent') : sent.reason.code;
  await store.db.transaction().execute((trx) =>
    writeAudit(trx, {
      actor: user.login,
      way: 'console',
      action: 'rehearsal.sample_sent',
      subject: `agency ${code}`,
      agency: code,
      detail: { event, outcome, ...(sent.ok && { mark: sent.mark }) },
    }),
  );
  log.info({ user: user.id, agency: code, event, outcome }, 'a sample went to the rehearsal target');
  return sent;
}

async function toAsked({ store, directory }: Deps, draft: Agency) {
  const stored = await findInForce(store.db, { kind: 'agency', name: draft.code });
  return { draft, inForce: stored?.body as Agency | undefined, agencies: directory.listAgencies() };
}
