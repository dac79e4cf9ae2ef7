import type { Logger } from 'pino';
import type { Channel } from '../../schemas/index.ts';
import { type Reason, reasonOf, toReason, wordReason } from '../../schemas/reason.ts';
import type { Directory } from '../configuration/directory.ts';
import type { NoticeOutcome } from '../store/states/notice-state.ts';
import type { Templates } from '../templates/templates.ts';
import type { DueNotice, NoticeTable } from './due-notices.ts';
import { planFallback, toToldOtherwise } from './fallback.ts';
import type { Attempt, Message, Provider, Sent } from './message.ts';
import { pauseAfter, pauseForReport } from './policy.ts';
import { firstAsking } from './reports/asking-pace.ts';
import { createReportAddress } from './reports/report-address.ts';
import { toTemplateValues } from './values.ts';

export interface SendingDependencies {
  table: NoticeTable;
  directory: Directory;
  templates: Templates;
  providers: Record<Channel, Provider>;
  /** The console's public address. Unset: notices carry no link. */
  publicUrl?: string | undefined;
  reports: ReportSettings;
  log: Logger;
  clock: () => Date;
}

/** How reports of delivery come. */
export interface ReportSettings {
  /** The address at which a provider reaches the hub. Unset: none is asked to call. */
  url?: string | undefined;
  /** Hours after which a notice without a report counts as not confirmed. */
  hours: number;
}

/** What a worker pool needs to know of a call. */
export interface Result {
  kind: Sent['kind'];
  /**
   * The provider is down for everybody: the reason, and the time before which it should not be called, if it named one.
   */
  providerDown: { after: Date | undefined; reason: Reason } | undefined;
  /** The channel on which the person is told instead. */
  fallback?: Channel | undefined;
}

const urgent = new Set<string>(['deadline-near', 'overdue']);

/**
 * Sends one notice: marks it as started, calls the provider, writes the outcome. Rejects if the store is out of reach.
 */
export async function sendNotice(deps: SendingDependencies, notice: DueNotice): Promise<Result | undefined> {
  const { table, log, clock } = deps;
  const provider = deps.providers[notice.channel];
  const address = toReportAddress(deps, provider, notice);
  const attempt = { ...toAttempt(notice, provider, clock()), reportUrl: address?.url };
  if (!provider.local) {
    const begun = {
      id: notice.id,
      started: attempt.started,
      provider: provider.name,
      report_hash: address?.hash ?? null,
      again_at: address ? toSettled(attempt) : null,
    };
    if (!(await table.start(begun))) return undefined;
  }
  const sent = await call(deps, provider, notice, attempt);
  const outcome = toOutcome({ notice, provider, attempt, hours: deps.reports.hours }, sent, clock());
  await table.finish(outcome);
  const { kind } = sent;
  const line = { notice: notice.id, complaint: notice.complaint_id, provider: provider.name, outcome: kind };
  const isDown = kind === 'retry' && sent.scope === 'provider';
  if (kind === 'done') log.debug(line, 'notice sent');
  // The outage is logged once for all of them.
  else if (isDown)
    log.debug({ ...line, reason: wordReason(sent.reason, 'en') }, 'notice waits for its provider');
  else
    log.warn(
      { ...line, tries: outcome.tries, state: outcome.state, reason: wordReason(sent.reason, 'en') },
      'notice not sent',
    );
  return {
    kind,
    providerDown: isDown ? { after: sent.after, reason: sent.reason } : undefined,
    fallback: outcome.fallback?.channel,
  };
}

/** When a call without a reply is settled. Until then a report may still tell that the provider took the message. */
const toSettled = ({ started }: Attempt): Date => new Date(started.getTime() + pauseForReport);

function toReportAddress({ reports }: SendingDependencies, provider: Provider, notice: DueNotice) {
  return provider.callsBack && reports.url
    ? createReportAddress(reports.url, provider.name, notice.id)
    : undefined;
}

/**
 * A notice that is marked as started while nobody sends it was interrupted, so its outcome is unknown. While its
 * provider recognises a repetition, the same attempt is repeated; afterwards a new one begins (policy.ts).
 */
function toAttempt(notice: DueNotice, provider: Provider, now: Date): Attempt {
  const since = notice.attempting_since;
  const repeated =
    since !== null &&
    notice.provider === provider.name &&
    now.getTime() - since.getTime() < provider.repeatableFor;
  return repeated ? { started: since, repeated } : { started: now, repeated };
}

async function call(
  deps: SendingDependencies,
  provider: Provider,
  notice: DueNotice,
  attempt: Attempt,
): Promise<Sent> {
  let message: Message;
  try {
    message = toMessage(deps, notice);
  } catch (error) {
    // Templates were tested when they were loaded. An error now concerns this notice alone.
    return { kind: 'refused', reason: toReason('not_written', { detail: reasonOf(error) }) };
  }
  return provider.send(message, attempt);
}

function toMessage(deps: SendingDependencies, notice: DueNotice): Message {
  const link = deps.publicUrl ? toLink(deps.publicUrl, notice) : null;
  const values = toTemplateValues(notice, deps.directory, link);
  const rendered = deps.templates.render(notice.template, notice.language, notice.channel, values);
  return {
    ...rendered,
    noticeId: notice.id,
    threadId: `${notice.complaint_id}.${notice.audience}`,
    channel: notice.channel,
    address: notice.address,
    language: notice.language,
    link,
    urgent: urgent.has(notice.template),
  };
}

/**
 * The complaint's page in the console, for officers. Complainants have no account, so a link would be useless to them.
 */
function toLink(publicUrl: string, notice: DueNotice): string | null {
  if (notice.audience === 'complainant') return null;
  return `${publicUrl.replace(/\/+$/, '')}/complaints/${encodeURIComponent(notice.receipt_number)}`;
}

interface Call {
  notice: DueNotice;
  provider: Provider;
  attempt: Attempt;
  /** Hours for which a report is awaited. */
  hours: number;
}

function toOutcome(made: Call, sent: Sent, now: Date): NoticeOutcome {
  const { notice, provider, attempt } = made;
  const tries = notice.tries + 1;
  const due = {
    id: notice.id,
    state: 'due' as const,
    attempting_since: null,
    tries,
    next_at: notice.next_at,
    provider: provider.name,
    provider_id: null,
    last_error: sent.kind === 'done' ? null : sent.reason,
    sent_at: null,
    report: null,
    report_by: null,
    ask_at: null,
  };
  if (sent.kind === 'done')
    return {
      ...due,
      ...toAwaited(made, sent.id, now),
      state: 'sent',
      provider_id: sent.id ?? null,
      sent_at: now,
      kept: sent.kept,
    };
  // A failure that stops everybody does not count against this notice. In case the notice is the cause, it waits behind
  // the others.
  if (sent.kind === 'retry' && sent.scope === 'provider')
    return { ...due, tries: notice.tries, next_at: now };
  const pause = sent.kind === 'refused' ? undefined : pauseAfter(sent.kind, tries);
  if (pause === undefined) return { ...due, ...giveUp(notice, sent, now) };
  const isUnknown = sent.kind === 'unknown';
  const settled = isUnknown && attempt.reportUrl ? toSettled(attempt).getTime() : 0;
  const after = sent.kind === 'retry' ? (sent.after?.getTime() ?? 0) : 0;
  return {
    ...due,
    attempting_since: isUnknown ? attempt.started : null,
    next_at: new Date(Math.max(now.getTime() + pause, after, settled)),
  };
}

/** What is awaited of the provider, which took the message and named it `id`. */
function toAwaited({ provider, attempt, hours }: Call, id: string | undefined, now: Date) {
  const isReported = attempt.reportUrl !== undefined || provider.ask !== undefined;
  if (!isReported) return undefined;
  return {
    report: 'awaited' as const,
    report_by: new Date(now.getTime() + hours * 3_600_000),
    // Without an id nobody can be asked. Then the wait ends at its time.
    ask_at: provider.ask && id ? firstAsking(now) : null,
  };
}

/** Tells the person by the next known channel. Without one, an operator finds the notice with its reason. */
function giveUp(notice: DueNotice, sent: Exclude<Sent, { kind: 'done' }>, now: Date) {
  const reason =
    sent.kind === 'unknown' ? toReason('may_have_arrived', { detail: sent.reason }) : sent.reason;
  const fallback = planFallback(notice, now);
  if (!fallback) return { state: 'failed' as const, last_error: reason };
  return { state: 'failed' as const, last_error: toToldOtherwise(reason, fallback), fallback };
}
