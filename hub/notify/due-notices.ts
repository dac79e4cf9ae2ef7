import type { Selectable } from 'kysely';
import type { Channel, IdentifierKind, MaskCounts, Officer } from '../../schemas/index.ts';
import { type Store, toHotStatement } from '../store/database.ts';
import { createNoticeProgress, type NoticeProgress } from '../store/states/notice-state.ts';
import type { Tables } from '../store/tables/tables.ts';
import type { TemplateName } from '../templates/template-names.ts';

/** A due notice, with the complaint's values that its templates need. */
export type DueNotice = Selectable<Tables['notices']> & {
  template: TemplateName;
  address: string;
  receipt_number: string;
  origin_number: string | null;
  kind: Selectable<Tables['complaints']>['kind'];
  title: string;
  registered_at: Date;
  due_at: Date | null;
  /** Who has the complaint now, and the person there who answers. */
  assignee: string;
  officer: Officer | null;
  /** The data of the event that the notice tells of. Null: the templates need none. */
  data: Record<string, unknown> | null;
  /** The numbers that were masked when the complaint came in. Null: none, or the notice does not tell of it. */
  masked: MaskCounts | null;
  /** The kinds of those that are kept nevertheless, and the law of each. Null: none, or the notice does not tell of it. */
  kept: { kind: IdentifierKind; law: string }[] | null;
  /** How many files are held back for numbers in them, as far as it is known by now. */
  withheld: number;
  /** The agency that caused the event. Null: the notice tells of none. */
  said_by: string | null;
};

// The text of a complaint can be long and no notice shows it, so events that carry it are left out.
const findDue = toHotStatement({
  name: 'find-due-notices',
  text: `
    select n.*, c.receipt_number, c.origin_number, c.kind, c.content->>'title' as title, c.registered_at, c.due_at, c.assignee, c.officer, e.data, e.actor ->> 'agency' as said_by,
      case when n.template = 'registered' then (select r.masked from raw_items r where r.complaint_id = c.id and r.masked is not null order by r.id limit 1) end as masked,
      case when n.template = 'registered' then (select jsonb_agg(distinct jsonb_build_object('kind', k.kind, 'law', k.law)) from kept_identifiers k where k.complaint_id = c.id) end as kept,
      case when n.template = 'registered' then (select count(*)::int from attachments a where a.complaint_id = c.id and a.state = 'withheld') else 0 end as withheld
    from notices n
    join complaints c on c.id = n.complaint_id
    left join events e on e.complaint_id = n.complaint_id and e.seq = n.seq and e.type not in ('registered', 'revised')
    where n.state = 'due' and n.channel = $1 and n.next_at <= $2 and n.id <> all ($3::uuid[])
    order by n.next_at, n.id
    limit $4`,
});

/** The table of notices as the sender uses it. */
export interface NoticeTable extends NoticeProgress {
  /** Notices due at `now`, oldest first, without those under way. */
  findDue(channel: Channel, now: Date, underWay: string[], most: number): Promise<DueNotice[]>;
}

export function createNoticeTable(store: Pick<Store, 'hot'>): NoticeTable {
  return {
    ...createNoticeProgress(store),
    async findDue(channel, now, underWay, most) {
      const values = [channel, now, underWay, most];
      return (await store.hot.query<DueNotice>(findDue(values))).rows;
    },
  };
}
