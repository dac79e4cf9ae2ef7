import type { FastifyReply, FastifyRequest } from 'fastify';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import { EngineerError } from '../../engineer/engineer-error.ts';
import type { ResendWish } from '../../engineer/own-endpoints.ts';
import { lifetimeOf } from '../../http/request-lifetime.ts';
import type { Typed } from '../../web/forms.ts';
import { PageError } from '../../web/page-error.ts';
import { toPager } from '../../web/pager.ts';
import type { ConsoleDeps, Pages } from '../visit/console-context.ts';
import { orNotFound, toOwnAgency } from './own-agency.ts';
import { type FormShown, toForm } from './webhook-form.ts';

const hour = 3_600_000;
export const webhooksPath = '/engineer/webhooks';

/** The agency's endpoints: health, a test, each call, telling again, holding back. */
export const webhookPages: Pages = (app, deps) => {
  const { engineer } = deps;

  app.get(webhooksPath, async (request, reply) => showWebhooks(deps, request, reply));
  app.get(`${webhooksPath}/:name`, async (request, reply) => showWebhook(deps, request, reply));

  app.post(`${webhooksPath}/:name/test`, async (request, reply) => {
    const { actor } = toOwnAgency(deps, request);
    const name = toName(request);
    const { id } = await orNotFound(engineer.endpoints.test(actor, name, lifetimeOf(reply).ended));
    return reply.redirect(`/engineer/webhooks/${name}?test=${id}`, 303);
  });

  app.post(`${webhooksPath}/:name/resend`, async (request, reply) => {
    const { actor, agency } = toOwnAgency(deps, request);
    const name = toName(request);
    const what = toWish(request.typed());
    if (!what) return reply.redirect(`/engineer/webhooks/${name}?done=webhook_replay_wrong`, 303);
    try {
      const { result } = await engineer.change(actor, { action: 'webhook_resend', subject: name }, (client) =>
        engineer.endpoints.resend(client, actor, { endpoint: name, what }),
      );
      engineer.endpoints.look(agency, name);
      const done = result === 0 ? 'webhook_nothing' : 'webhook_replayed';
      return reply.redirect(`/engineer/webhooks/${name}?done=${done}`, 303);
    } catch (error) {
      if (!(error instanceof EngineerError)) throw error;
      if (error.kind === 'not_found') throw new PageError('not_found');
      return reply.redirect(`/engineer/webhooks/${name}?done=webhook_replay_wrong`, 303);
    }
  });

  for (const action of ['pause', 'resume'] as const)
    app.post(`${webhooksPath}/:name/${action}`, async (request, reply) => {
      const { actor, agency } = toOwnAgency(deps, request);
      const name = toName(request);
      await orNotFound(
        engineer.change(actor, { action: `webhook_${action}`, subject: name }, (client) =>
          engineer.endpoints[action](client, actor, { endpoint: name }),
        ),
      );
      engineer.endpoints.look(agency, name);
      return reply.redirect(`/engineer/webhooks/${name}?done=webhook_${action}d`, 303);
    });
};

export const isWebhookName = (name: string): boolean => /^[a-z0-9][a-z0-9-]{0,31}$/.test(name);

export function toName(request: FastifyRequest): string {
  const { name } = request.params as { name: string };
  if (!isWebhookName(name)) throw new PageError('not_found');
  return name;
}

/** One delivery, or what failed, or all, of the last hours. */
function toWish({ delivery, hours = '', which }: Typed): ResendWish | undefined {
  if (delivery !== undefined) {
    const id = toUuid(delivery);
    return id === undefined ? undefined : { delivery: id };
  }
  const count = Number(hours);
  if (!Number.isInteger(count) || count < 1 || count > 90 * 24) return undefined;
  // A minute less: the longest time would otherwise be over by now.
  const since = new Date(Date.now() - count * hour + 60_000);
  return which === 'all' ? { allSince: since } : { failedSince: since };
}

const toPlace = ({ after, before }: Typed) => {
  const [behind, ahead] = [toUuid(after), toUuid(before)];
  return { ...(behind && { after: behind }), ...(ahead && { before: ahead }) };
};

/** All of them, and the form for one more. */
export async function showWebhooks(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: FormShown = {},
): Promise<FastifyReply> {
  const { agency } = toOwnAgency(deps, request);
  const { data, status } = toForm(shown);
  const endpoints = await deps.engineer.endpoints.list(agency);
  return reply.page('engineer-webhooks', { endpoints, ...data, signs: signs(deps) }, status);
}

/** One of them: how it fares, each call to it, and what may be changed. */
export async function showWebhook(
  deps: ConsoleDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  shown: FormShown = {},
): Promise<FastifyReply> {
  const { engineer } = deps;
  const { agency } = toOwnAgency(deps, request);
  const name = toName(request);
  const asked = request.asked();
  const failed = asked.failed === '1';
  const endpoint = (await engineer.endpoints.list(agency)).find((one) => one.endpoint === name);
  if (!endpoint) throw new PageError('not_found');
  const [calls, settings] = await Promise.all([
    engineer.endpoints.attempts(agency, name, { failed }, toPlace(asked)),
    orNotFound(engineer.webhookSettings.find(agency, name)),
  ]);
  const { data, status } = toForm(shown, settings);
  const page = {
    ...data,
    // As it is in force: processes use a change some moments later.
    endpoint: { ...endpoint, url: settings.url, events: settings.events },
    failed,
    rows: calls.rows,
    tested: calls.rows.find(({ id }) => id === asked.test) ?? null,
    pager: toPager(`${webhooksPath}/${name}`, asked, calls),
    signs: signs(deps),
  };
  return reply.page('engineer-webhook', page, status);
}

/** Without its own secret, a hub makes none for others. */
const signs = ({ settings }: ConsoleDeps): boolean => settings.SIGNING_SECRET !== undefined;
