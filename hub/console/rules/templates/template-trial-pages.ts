import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { Type } from 'typebox';
import { type Channel, compile } from '../../../../schemas/index.ts';
import { listAddresses } from '../../../notify/reach.ts';
import { planTrial } from '../../../notify/trials/trial-messages.ts';
import type { Pages } from '../../visit/console-context.ts';
import { findProblems } from '../desk-document.ts';
import { getFile, openTemplate } from './open-template.ts';
import { previewDraft } from './template-pages.ts';
import { toTrialText } from './trial-text.ts';

const isEmail = compile(Type.String({ format: 'email', maxLength: 254 }));

/** Sends a person his or her own draft, on made-up data, by the queue that carries the notices. */
export const templateTrialPages: Pages = (app, deps) => {
  app.post('/rules/templates/:language/:file/trial', async (request, reply) => {
    const user = request.demand('configure');
    const file = getFile(request);
    const { address = '' } = request.typed();
    const to = toAddress(file.channel, address);
    const done = (what: string) => reply.redirect(`/rules/templates/${file.name}?done=${what}#trial`, 303);
    if (!to) return done('trial_address');
    const document = await openTemplate(deps, user.login, file);
    const preview = await previewDraft(deps, document, file);
    // What may not be applied is not sent either: a notice that lacks what the law wants could be taken for one.
    if (!preview || (await findProblems(deps.store, document)).length > 0) return done('trial_problems');
    const id = await planTrial(deps.store, {
      person: user.login,
      channel: file.channel,
      address: to,
      language: file.language,
      template: file.name,
      ...toTrialText(preview, file.language),
    });
    if (!id) return done('trial_enough');
    deps.log.info({ user: user.id, template: file.name, trial: id }, 'trial of a template asked for');
    return done('trial_asked');
  });
};

/** Undefined: no message of the channel can go there. */
function toAddress(channel: Channel, typed: string): string | undefined {
  if (channel === 'email') return isEmail(typed).ok ? typed.toLowerCase() : undefined;
  const number = parsePhoneNumberFromString(typed, 'KR');
  if (!number?.isValid()) return undefined;
  // A land line takes no text message.
  return listAddresses({ phone: number.number, notifyBy: 'sms' })[0]?.address;
}
