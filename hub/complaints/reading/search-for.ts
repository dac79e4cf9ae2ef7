import type { ComplaintSummary, Search, SearchResult } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { type ComplaintEntry, listComplaints } from './search.ts';

/** A page of the complaints that an agency has a link to, newest first, without personal data. */
export async function searchFor(store: Store, agency: string, search: Search): Promise<SearchResult> {
  const { after, before, limit, ...filter } = search;
  const page = await listComplaints(
    store,
    { ...filter, reader: agency },
    { ...(after && { after }), ...(before && { before }), ...(limit && { size: limit }) },
  );
  return {
    complaints: page.rows.map(toSummary),
    ...(page.next && { next: page.next }),
    ...(page.previous && { previous: page.previous }),
  };
}

function toSummary({ registeredAt, dueAt, ...entry }: ComplaintEntry): ComplaintSummary {
  const { complainant: _, takenInAt: _takenInAt, clock: _clock, ...shown } = entry;
  return {
    ...shown,
    registeredAt: registeredAt.toISOString(),
    ...(dueAt && { dueAt: dueAt.toISOString() }),
  };
}
