import type pg from 'pg';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

/**
 * The metrics that Prometheus reads at /metrics of each process (METRICS_PORT). Counters are this process's own. Gauges
 * are read from the database at each request.
 */
export interface Metrics {
  accepted(agency: string): void;
  delivered(agency: string, end: string): void;
  render(): Promise<{ contentType: string; body: string }>;
}

const gaugesText = `
select 'links_behind' as name, agency as label, count(*)::int as value from links where state = 'open' and held < due group by agency
union all select 'links_parked', agency, count(*)::int from links where state = 'parked' group by agency
union all select 'webhooks_waiting', agency || '/' || endpoint, count(*)::int from endpoint_deliveries where state = 'waiting' group by agency, endpoint
union all select 'webhooks_parked', agency || '/' || endpoint, count(*)::int from endpoint_deliveries where state = 'parked' group by agency, endpoint
union all select 'items_parked', agency, count(*)::int from raw_items where outcome = 'parked' group by agency
union all select 'notices_due', channel, count(*)::int from notices where state = 'due' group by channel
union all select 'texts_reported', report, count(*)::int from notices
  where report in ('awaited', 'delivered', 'undelivered', 'unconfirmed') and channel = 'sms' and sent_at > now() - interval '24 hours' group by report
union all select 'agent_heartbeat_age_seconds', agency, extract(epoch from now() - heartbeat_at)::int from agents where heartbeat_at is not null
union all select 'agent_backlog', agency, (heartbeat #>> '{backlog,posts}')::int + (heartbeat #>> '{backlog,changes}')::int
  + (heartbeat #>> '{backlog,outcomes}')::int from agents where heartbeat is not null
union all select 'alerts_open', condition, count(*)::int from alerts where state = 'open' group by condition`;

const gaugeHelp: Record<string, string> = {
  links_behind: 'Links whose board lacks events, by agency',
  links_parked: 'Links that wait for a person, by agency',
  webhooks_waiting: 'Events that wait to be told to an endpoint, by agency and endpoint',
  webhooks_parked: 'Events that an endpoint did not take and that wait for a person, by agency and endpoint',
  items_parked: 'Raw items that wait for a person, by agency',
  notices_due: 'Notices that wait to be sent, by channel',
  texts_reported: 'Text messages of the last 24 hours, by what their gateway reported',
  agent_heartbeat_age_seconds: 'Seconds since an agent was heard of, by agency',
  agent_backlog: 'What waits at an agent, by agency',
  alerts_open: 'Alerts that stand, by condition',
};

export function createMetrics(store: { pool: pg.Pool }): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const accepted = new Counter({
    name: 'hub_complaints_changed_total',
    help: 'Complaints registered or changed',
    labelNames: ['agency'],
    registers,
  });
  const delivered = new Counter({
    name: 'hub_links_worked_total',
    help: 'Links worked on, by how it ended',
    labelNames: ['agency', 'end'],
    registers,
  });
  const gauges = new Map(
    Object.entries(gaugeHelp).map(([name, help]) => [
      name,
      new Gauge({ name: `hub_${name}`, help, labelNames: ['of'], registers }),
    ]),
  );
  return {
    accepted: (agency) => accepted.inc({ agency }),
    delivered: (agency, end) => delivered.inc({ agency, end }),
    async render() {
      const { rows } = await store.pool.query<{ name: string; label: string; value: number }>(gaugesText);
      for (const gauge of gauges.values()) gauge.reset();
      for (const { name, label, value } of rows) gauges.get(name)?.set({ of: label }, value);
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
  };
}
