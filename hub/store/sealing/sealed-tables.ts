import type { ComplaintContent, RoutingReason } from '../../../schemas/index.ts';
import type { Keys } from './keys.ts';
import { clearMembers, sealContent, sealEventData, sealReason, sealRouting } from './sealed-columns.ts';
import { sealLeaves } from './sealed-leaves.ts';

type Row = Record<string, unknown>;

/** A table with sealed columns, as it is sealed anew. */
export interface SealedTable {
  table: string;
  /** The columns that can hold something sealed, and are read. */
  columns: readonly string[];
  /** The columns to write, of a row that was opened. Null stays null. */
  seal(keys: Keys, row: Row): Row;
}

/** An empty text holds nothing, and tells that its words are gone (hub/retention). */
const text = (keys: Keys, value: unknown) =>
  typeof value === 'string' && value !== '' ? keys.seal(value) : value;
const json = (keys: Keys, value: unknown, clear: readonly string[] = []) =>
  value === null ? null : JSON.stringify(sealLeaves(keys, value, clear));
const reason = (keys: Keys, value: unknown) =>
  value === null ? null : JSON.stringify(sealReason(keys, value as object));

/** A table of which each column is a text, or a document with these members in the clear. */
function plain(table: string, columns: Record<string, 'text' | readonly string[]>): SealedTable {
  return {
    table,
    columns: Object.keys(columns),
    seal: (keys, row) =>
      Object.fromEntries(
        Object.entries(columns).map(([name, kind]) => [
          name,
          kind === 'text' ? text(keys, row[name]) : json(keys, row[name], kind),
        ]),
      ),
  };
}

const whole: readonly string[] = [];

/** Every table that holds sealed columns for longer than minutes. Those in shadows are walked over as well. */
export const sealedTables: readonly SealedTable[] = [
  {
    table: 'complaints',
    columns: ['content', 'routing'],
    seal(keys, row) {
      const { content, ...marks } = sealContent(keys, row.content as ComplaintContent);
      const routing = sealRouting(keys, row.routing as RoutingReason);
      return { content: JSON.stringify(content), ...marks, routing: JSON.stringify(routing) };
    },
  },
  {
    table: 'events',
    columns: ['data'],
    seal: (keys, { data }) => ({ data: JSON.stringify(sealEventData(keys, data as object)) }),
  },
  {
    table: 'raw_items',
    columns: ['body', 'cut', 'problems', 'note'],
    seal: (keys, { body, cut, problems, note }) => ({
      body: text(keys, body),
      cut: text(keys, cut),
      problems: json(keys, problems, clearMembers.problems),
      note: reason(keys, note),
    }),
  },
  {
    table: 'notices',
    columns: ['recipient', 'address', 'fallbacks', 'last_error', 'by_hand'],
    seal: (keys, { recipient, address, fallbacks, last_error, by_hand }) => ({
      recipient: text(keys, recipient),
      recipient_mark: keys.mark('recipient', recipient as string),
      address: text(keys, address),
      fallbacks: json(keys, fallbacks),
      last_error: reason(keys, last_error),
      by_hand: json(keys, by_hand, clearMembers.byHand),
    }),
  },
  {
    table: 'attachments',
    columns: ['declared', 'reference', 'last_error'],
    seal: (keys, { declared, reference, last_error }) => ({
      declared: json(keys, declared, clearMembers.declared),
      reference: toReference(
        keys,
        declared as { id?: string; name: string; url?: string },
        reference as string,
      ),
      last_error: reason(keys, last_error),
    }),
  },
  {
    table: 'subject_requests',
    columns: ['facts', 'record'],
    seal(keys, { facts, record }) {
      const { name, phone, email } = facts as { name: string; phone?: string; email?: string };
      return {
        facts: json(keys, facts),
        record: json(keys, record, clearMembers.requestRecord),
        name_mark: keys.mark('recipient', name),
        phone_mark: phone === undefined ? null : keys.mark('phone', phone),
        email_mark: email === undefined ? null : keys.mark('email', email.toLowerCase()),
      };
    },
  },
  plain('outbox', { address: 'text', subject: 'text', text: 'text', html: 'text' }),
  plain('uploads', { name: 'text' }),
  plain('kept_identifiers', { value: 'text' }),
  plain('notes', { body: 'text' }),
  plain('drafts', { fields: whole, files: clearMembers.files }),
  plain('held_acts', { fields: whole, files: clearMembers.files, post: whole }),
  plain('answer_reviews', { fields: whole, files: clearMembers.files, comment: 'text' }),
  plain('bulk_runs', { fields: whole }),
  plain('saved_filters', { query: 'text' }),
  plain('duties_told', { by_hand: clearMembers.byHand }),
  plain('trial_messages', { address: 'text', subject: 'text', text: 'text', html: 'text' }),
  plain('workbench_samples', { items: clearMembers.samples }),
  plain('second_factors', { secret: 'text' }),
  plain('signing_keys', { private_key: 'text' }),
];

/** Only what a board gave no id was known by its address or name; what is known by a mark already stays. */
const toReference = (
  keys: Keys,
  { id, name, url }: { id?: string; name: string; url?: string },
  reference: string,
) =>
  reference !== id && (reference === url || reference === name) ? keys.mark('file', reference) : reference;
