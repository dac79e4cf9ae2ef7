import { said } from '../../schemas/reason.ts';
import type { ConditionName } from './conditions.ts';
import type { FindDependencies, Finding } from './finding.ts';

/** Texts that did not arrive within a day: fewer, or a smaller share of all results, are wrong numbers. */
const many = { texts: 5, share: 0.2 };
/** The newest texts that are older than an hour: if none of them has a result, this is no matter of a phone that is off. */
const silent = { texts: 5, after: '1 hour' };
const span = "n.sent_at > now() - interval '24 hours'";
/** A day's texts may be many. The newest say enough, of both kinds from the same time. */
const mostCounted = 1_000;
const firstNumbers = '(array_agg(c.receipt_number order by n.sent_at desc))[1:5]';

const texts = {
  'texts-undelivered': `
    with ended as (
      select e.* from unnest(array['delivered', 'undelivered']) as r(report) cross join lateral (
        select * from notices n where n.report = r.report and n.channel = 'sms' and ${span} order by n.sent_at desc limit ${mostCounted}) e
      order by e.sent_at desc limit ${mostCounted}
    ), lost as (select * from ended where report = 'undelivered')
    select n.channel as subject, count(*)::int as count, ${firstNumbers} as items
    from lost n join complaints c on c.id = n.complaint_id group by n.channel
    having count(*) >= ${many.texts} and count(*) >= ${many.share} * (select count(*) from ended)`,
  'reports-stopped': `
    with newest as (
      select e.* from unnest(array['awaited', 'delivered', 'undelivered', 'unconfirmed']) as r(report) cross join lateral (
        select * from notices n where n.report = r.report and n.channel = 'sms' and ${span} and n.sent_at < now() - interval '${silent.after}'
        order by n.sent_at desc limit ${silent.texts}) e
      order by e.sent_at desc limit ${silent.texts}
    )
    select n.channel as subject, count(*)::int as count, ${firstNumbers} as items
    from newest n join complaints c on c.id = n.complaint_id group by n.channel
    having count(*) = ${silent.texts} and bool_and(n.reported_at is null)`,
} as const satisfies Partial<Record<ConditionName, string>>;

/** What gateways report about texts, or report no more. The subject is the channel. */
export const findReportConditions = Object.fromEntries(
  Object.entries(texts).map(([name, text]) => [
    name,
    async ({ store }: FindDependencies): Promise<Finding[]> => {
      const { rows } = await store.pool.query<Omit<Finding, 'items'> & { items: string[] }>(text);
      return rows.map((row) => ({ ...row, items: row.items.map(said) }));
    },
  ]),
) as Record<keyof typeof texts, (deps: FindDependencies) => Promise<Finding[]>>;
