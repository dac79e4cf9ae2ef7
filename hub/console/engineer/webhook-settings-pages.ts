import type { FastifyReply } from 'fastify';
import { eventTypes } from '../../../schemas/index.ts';
import { EngineerError } from '../../engineer/engineer-error.ts';
import type { Expect } from '../../engineer/expect.ts';
import { type FormProblems, toFormProblems } from '../../web/form-problems.ts';
import type { Typed } from '../../web/forms.ts';
import type { Pages } from '../visit/console-context.ts';
import { orNotFound, toOwnAgency } from './own-agency.ts';
import { isWebhookName, showWebhook, showWebhooks, toName, webhooksPath } from './webhook-pages.ts';

/** The agency's endpoints: made, moved, given a new secret, removed. A secret is shown on the page that answers its form, once. */
export const webhookSettingsPages: Pages = (app, deps) => {
  const { webhookSettings } = deps.engineer;

  app.post(webhooksPath, async (request, reply) => {
    const { actor } = toOwnAgency(deps, request);
    const typed = request.typed();
    const { name = '', url = '' } = typed;
    try {
      mustBeName(name);
      const made = await webhookSettings.put(actor, name, { url, events: toEvents(typed) }, expectNone);
      // Nothing changed: there is just this one already.
      if (made.secret === undefined) throw taken();
      return showSecret(reply, { ...made, name, isNew: true });
    } catch (error) {
      return showWebhooks(deps, request, reply, { typed, problems: toProblems(error, typed) });
    }
  });

  app.post(`${webhooksPath}/:name/settings`, async (request, reply) => {
    const { actor } = toOwnAgency(deps, request);
    const name = toName(request);
    const typed = request.typed();
    const wish = { url: typed.url ?? '', events: toEvents(typed) };
    try {
      const done = await orNotFound(webhookSettings.put(actor, name, wish, expectOne));
      return reply.redirect(`/engineer/webhooks/${name}?done=${toDone(done.isProposed)}`, 303);
    } catch (error) {
      return showWebhook(deps, request, reply, { typed, problems: toProblems(error, typed) });
    }
  });

  app.post(`${webhooksPath}/:name/secret`, async (request, reply) => {
    const { actor } = toOwnAgency(deps, request);
    const name = toName(request);
    try {
      const renewed = await orNotFound(webhookSettings.renewSecret(actor, name));
      return showSecret(reply, { ...renewed, name, isNew: false });
    } catch (error) {
      return showWebhook(deps, request, reply, { problems: toProblems(error, {}) });
    }
  });

  app.post(`${webhooksPath}/:name/remove`, async (request, reply) => {
    const { actor } = toOwnAgency(deps, request);
    const name = toName(request);
    try {
      const { isProposed } = await orNotFound(webhookSettings.remove(actor, name));
      const done = isProposed ? 'webhook_proposed' : 'webhook_removed';
      return reply.redirect(`/engineer/webhooks?done=${done}`, 303);
    } catch (error) {
      return showWebhook(deps, request, reply, { problems: toProblems(error, {}) });
    }
  });
};

const toDone = (isProposed: boolean) => (isProposed ? 'webhook_proposed' : 'webhook_changed');

/** The kinds of event that were picked. None: all. */
function toEvents(typed: Typed) {
  const picked = eventTypes.filter((type) => typed[`event_${type}`] === 'yes');
  return picked.length === 0 ? undefined : picked;
}

/** What is wrong with a name, as the key of a text. */
class NameError extends Error {
  readonly text: string;
  constructor(text: string) {
    super(text);
    this.name = 'NameError';
    this.text = text;
  }
}

const taken = () => new NameError('problem.webhook_taken');

const expectNone: Expect = (now) => {
  if (now !== undefined) throw taken();
};
const expectOne: Expect = (now) => {
  if (now === undefined) throw new EngineerError('not_found');
};

/** Errors: NameError. */
function mustBeName(name: string): void {
  if (name === '') throw new NameError('problem.required');
  if (!isWebhookName(name)) throw new NameError('problem.webhook_name');
}

/** What stands against it, at its field; what is of no field stands above the form. */
function toProblems(error: unknown, typed: Typed): FormProblems {
  if (error instanceof NameError) return { fields: { name: error.text }, others: [] };
  if (!(error instanceof EngineerError)) throw error;
  if (error.kind === 'changed') return { fields: { form: 'problem.webhook_changed' }, others: [] };
  if (error.kind === 'conflict') return { fields: { form: 'problem.webhook_conflict' }, others: [] };
  const places = { '/name': 'name', '/url': 'url', '/events': 'events' };
  const { fields: found, others } = toFormProblems(error.problems, places, { ...typed, events: 'yes' });
  const [other] = others;
  return { fields: { ...(other && { form: other.reason }), ...found }, others: [] };
}

interface Shown {
  name: string;
  secret?: string;
  isProposed: boolean;
  isNew: boolean;
}

const showSecret = (reply: FastifyReply, made: Shown) => reply.page('engineer-webhook-secret', { made });
