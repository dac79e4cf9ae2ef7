import { readChangeMails, setChangeMails } from '../../access/accounts/change-mails.ts';
import { restVersions } from '../../words/rest-changes.ts';
import type { Pages } from '../visit/console-context.ts';
import { toOwnAgency } from './own-agency.ts';

/** What changed in the REST API, and whether the engineer wants a mail of it. */
export const changePages: Pages = (app, deps) => {
  const { store } = deps;

  app.get('/engineer/changes', async (request, reply) => {
    toOwnAgency(deps, request);
    return reply.page('engineer-changes', {
      versions: restVersions.map(({ version, lines }) => ({
        version,
        lines: lines.map(([ko, en]) => ({ ko, en })),
      })),
      ...(await readChangeMails(store, request.signedIn().id)),
    });
  });

  app.post('/engineer/changes', async (request, reply) => {
    toOwnAgency(deps, request);
    const wants = request.typed().mails === 'yes';
    await setChangeMails(store, request.signedIn().id, wants);
    return reply.redirect(`/engineer/changes?done=change_mails_${wants ? 'on' : 'off'}`, 303);
  });
};
