import type { Complainant, ComplaintContent } from '../../schemas/index.ts';
import { maskComplainant, maskFileName } from '../access/people/masking.ts';
import type { AttachmentEntry } from '../attachments/read-attachments.ts';
import type { ComplaintFile } from '../complaints/reading/read-complaint.ts';
import { proveAccess } from '../personal/log/prove-access.ts';
import { maskNotice } from '../personal/mask-file.ts';
import { listAllProvisions } from '../personal/provisions/list-provisions.ts';
import type { Store } from '../store/database.ts';
import { beginning } from './verify/bundle.ts';
import { digestOf } from './verify/canonical.ts';

/** Everything that a bundle says, by name: `complaint`, `event/3`, `notice/…`. Only what JSON has values for. */
export type Records = Record<string, unknown>;

export interface Gathered {
  records: Records;
  events: { count: number; head: string };
}

/**
 * Gathers what the hub knows of one complaint. `masked`: for a reader who may not see persons. `kept`: where the bundle
 * holds the files, by their ids. Runs in the transaction that tells the access log.
 */
export async function gatherRecords(
  store: Store,
  file: ComplaintFile,
  {
    masked,
    attachments,
    kept,
  }: {
    masked: boolean;
    attachments: readonly AttachmentEntry[];
    kept: ReadonlyMap<string, { path: string }>;
  },
): Promise<Gathered> {
  const hide = masked ? maskContent : <T>(content: T) => content;
  const { events, links, partLinks, notices: _notices, content, ...facts } = file;
  const chained = await chainEvents(events, masked);
  const [attempts, deliveries, provisions, notices, proof] = await Promise.all([
    listAttempts(store, file.id),
    listEndpointDeliveries(store, file.id),
    listAllProvisions(store, { complaintId: file.id }),
    listSentNotices(store, file.id),
    proveAccess(store.pool, file.id),
  ]);
  const records: Records = {
    complaint: { ...facts, content: hide(content) },
    ...chained.records,
    ...named('link', [...links, ...partLinks]),
    ...named('attempt', attempts),
    ...named('delivery', deliveries),
    ...named('provision', provisions),
    ...named('notice', masked ? notices.map((notice) => ({ ...maskNotice(notice), text: null })) : notices),
    ...named(
      'file',
      attachments.map((one) => toFileRecord(one, masked, kept.get(one.id)?.path)),
    ),
    ...named('access', proof.entries),
    ...named(
      'anchor',
      proof.anchors.map((anchor) => ({ ...anchor, id: anchor.number })),
      withoutId,
    ),
    ...Object.fromEntries(proof.seals.map((seal) => [`seal/${seal.month}/${seal.number}`, seal])),
  };
  return { records: toJson(records), events: chained.events };
}

/** Each event names the digest of the one before it: none can be left out, put in or moved unseen. */
async function chainEvents(events: ComplaintFile['events'], masked: boolean) {
  const records: Records = {};
  let head = beginning;
  for (const event of events) {
    const data = masked ? maskData(event.data) : event.data;
    const record = toJson({ ...event, data, previous: head });
    records[`event/${event.seq}`] = record;
    head = await digestOf(record);
  }
  return { records, events: { count: events.length, head } };
}

const maskContent = <Content extends Pick<ComplaintContent, 'complainant'>>(content: Content): Content => ({
  ...content,
  complainant: maskComplainant(content.complainant),
});

/** Events that say the complaint's text say whose it is. */
function maskData(data: Record<string, unknown>): Record<string, unknown> {
  const content = data.content as { complainant?: Complainant } | undefined;
  if (!content?.complainant) return data;
  return { ...data, content: { ...content, complainant: maskComplainant(content.complainant) } };
}

const toFileRecord = (entry: AttachmentEntry, masked: boolean, path: string | undefined) => ({
  ...entry,
  name: masked ? maskFileName(entry.name) : entry.name,
  ...(path !== undefined && { path }),
});

const named = <Row extends { id: string }>(
  kind: string,
  rows: readonly Row[],
  show: (row: Row) => unknown = (row) => row,
): Records => Object.fromEntries(rows.map((row) => [`${kind}/${row.id}`, show(row)]));

const withoutId = <Row extends { id: string }>({ id: _id, ...rest }: Row) => rest;

/** Times become text, and what is undefined is left out. */
const toJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Each call to a board, with what came of it. */
const listAttempts = ({ db }: Store, complaintId: string) =>
  db
    .selectFrom('attempts as a')
    .innerJoin('links as l', 'l.id', 'a.link_id')
    .select(['a.id', 'l.agency', 'a.link_id as link', 'a.seq', 'a.outcome', 'a.reason'])
    .select(['a.started_at as startedAt', 'a.finished_at as finishedAt'])
    .where('l.complaint_id', '=', complaintId)
    .orderBy('a.id')
    .execute();

const listEndpointDeliveries = ({ db }: Store, complaintId: string) =>
  db
    .selectFrom('endpoint_deliveries')
    .select(['id', 'agency', 'endpoint', 'seq', 'state', 'tries', 'external_id as externalId'])
    .select(['last_error as lastError', 'decided_by as decidedBy', 'ended_at as endedAt'])
    .where('complaint_id', '=', complaintId)
    .orderBy('seq')
    .orderBy('id')
    .execute();

/** Each message to a person, with the receipt of who carried it: the provider's id, and what it reported. */
const listSentNotices = ({ db }: Store, complaintId: string) =>
  db
    .selectFrom('notices as n')
    .leftJoin('outbox as o', 'o.notice_id', 'n.id')
    .select([
      'n.id',
      'n.seq',
      'n.template',
      'n.audience',
      'n.agency',
      'n.recipient',
      'n.channel',
      'n.address',
    ])
    .select(['n.language', 'n.state', 'n.provider', 'n.provider_id as providerId', 'n.tries', 'n.report'])
    .select(['n.created_at as plannedAt', 'n.sent_at as sentAt', 'n.reported_at as reportedAt'])
    .select(['n.last_error as lastError', 'o.text'])
    .where('n.complaint_id', '=', complaintId)
    .orderBy('n.seq')
    .orderBy('n.id')
    .execute();
