import type { Logger } from 'pino';
import type { Channel } from '../../schemas/index.ts';
import { type Reason, reasonOf, toReason, wordReason } from '../../schemas/reason.ts';
import type { Directory } from '../configuration/directory.ts';
import { newId } from '../store/new-id.ts';
import type { NoticeOutcome } from '../store/states/notice-state.ts';
import type { DueNotice, NoticeTable } from './due-notices.ts';
import type { Attempt, Message, Provider, Sent } from './message.ts';
import type { NoticePlan } from './plan.ts';
import { pauseAfter } from './policy.ts';
import type { Templates } from './templates.ts';
import { toTemplateValues } from './values.ts';

export interface SendingDependencies {
  table: NoticeTable;
  directory: Directory;
  templates: Templates;
  providers: Record<Channel, Provider>;
  /** The console's public address. Unset: notices carry no link. */
  publicUrl?: string | undefined;
  log: Logger;
  clock: () => Date;
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
  const attempt = toAttempt(notice, provider, clock());
  if (!provider.local) {
    const started = { id: notice.id, started: attempt.started, provider: provider.name };
    if (!(await table.start(started))) return undefined;
  }
  const sent = await call(deps, provider, notice, attempt);
  const outcome = toOutcome(notice, provider, attempt, sent, clock());
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

function toOutcome(
  notice: DueNotice,
  provider: Provider,
  attempt: Attempt,
  sent: Sent,
  now: Date,
): NoticeOutcome {
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
  };
  if (sent.kind === 'done')
    return { ...due, state: 'sent', provider_id: sent.id ?? null, sent_at: now, kept: sent.kept };
  // A failure that stops everybody does not count against this notice. In case the notice is the cause, it waits behind
  // the others.
  if (sent.kind === 'retry' && sent.scope === 'provider')
    return { ...due, tries: notice.tries, next_at: now };
  const pause = sent.kind === 'refused' ? undefined : pauseAfter(sent.kind, tries);
  if (pause === undefined) return { ...due, ...giveUp(notice, sent, now) };
  const after = sent.kind === 'retry' ? (sent.after?.getTime() ?? 0) : 0;
  return {
    ...due,
    attempting_since: sent.kind === 'unknown' ? attempt.started : null,
    next_at: new Date(Math.max(now.getTime() + pause, after)),
  };
}

/** Tells the person by the next known channel. Without one, an operator finds the notice with its reason. */
function giveUp(notice: DueNotice, sent: Exclude<Sent, { kind: 'done' }>, now: Date) {
  const reason =
    sent.kind === 'unknown' ? toReason('may_have_arrived', { detail: sent.reason }) : sent.reason;
  const [next, ...fallbacks] = notice.fallbacks;
  if (!next) return { state: 'failed' as const, last_error: reason };
  const fallback: NoticePlan = {
    id: newId(),
    complaint_id: notice.complaint_id,
    seq: notice.seq,
    template: notice.template,
    audience: notice.audience,
    agency: notice.agency,
    recipient: notice.recipient,
    language: notice.language,
    ...next,
    fallbacks,
    state: 'due',
    next_at: now,
    last_error: null,
  };
  return {
    state: 'failed' as const,
    last_error: toReason('told_otherwise', { detail: reason, channel: toReason(`by_${next.channel}`) }),
    fallback,
  };
}
