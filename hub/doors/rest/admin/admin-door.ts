import type { FastifyInstance } from 'fastify';
import { Refusal } from '../../../http/problem.ts';
import { toLogged } from '../../../http/request-id.ts';
import { compressReplies } from '../../json/content-codings.ts';
import { answerOtherMethods } from '../../json/other-methods.ts';
import { readStrictJson, readStrictText } from '../../json/strict-json.ts';
import { validateWith } from '../../json/validation.ts';
import type { AdminDoorDependencies } from './admin-dependencies.ts';
import { examples } from './admin-examples.ts';
import { sendAdminProblem, toAdminProblem } from './admin-problem.ts';
import { OwnKey } from './admin-schemas.ts';
import { adminPath } from './answer-change.ts';
import { auditRoute } from './audit-route.ts';
import { boardRoutes } from './boards/board-routes.ts';
import { testRoutes } from './boards/test-routes.ts';
import { configurationRoutes } from './configuration-routes.ts';
import { describeAdmin } from './describe-admin.ts';
import { describeAdminDoor, documentRoute } from './describe-admin-door.ts';
import { documentRoutes } from './document-routes.ts';
import { letAdminIn } from './let-admin-in.ts';
import { accountProposalRoutes } from './people/account-proposal-routes.ts';
import { userRoutes } from './people/user-routes.ts';
import { proposalRoutes } from './proposal-routes.ts';
import { versionRoutes } from './version-routes.ts';

/** Bytes of one request's body, but for a whole configuration. A document has at most 1 MiB. */
const bodyLimit = 2 * 1024 * 1024;

/**
 * The administration API: what the console does with the configuration, for programs of administrators. It has keys and
 * a description of its own, and stands behind the same limits as the doors of agencies.
 */
export async function adminDoor(app: FastifyInstance, dependencies: AdminDoorDependencies): Promise<void> {
  const { log } = dependencies;
  app.setErrorHandler((error, request, reply) => {
    const problem = toAdminProblem(error);
    if (!problem)
      log.error({ err: error, ...toLogged(request) }, 'a request at the administration API failed');
    return sendAdminProblem(reply, problem ?? new Refusal('unavailable'));
  });
  app.setNotFoundHandler((_request, reply) => sendAdminProblem(reply, new Refusal('not-found')));
  const addOtherMethods = answerOtherMethods(app);
  readStrictJson(app, bodyLimit);
  readTexts(app);
  validateWith(app);
  compressReplies(app);
  await describeAdminDoor(app);
  await app.register(async (inside) => {
    letAdminIn(inside, dependencies);
    documentRoutes(inside, dependencies);
    versionRoutes(inside, dependencies);
    configurationRoutes(inside, dependencies);
    proposalRoutes(inside, dependencies);
    auditRoute(inside, dependencies);
    boardRoutes(inside, dependencies);
    testRoutes(inside, dependencies);
    userRoutes(inside, dependencies);
    accountProposalRoutes(inside, dependencies);
    documentRoute(inside, dependencies.publicUrl);
    ownKeyRoute(inside);
  });
  addOtherMethods();
}

/** A document may be sent as the text that it is. */
function readTexts(app: FastifyInstance): void {
  const read = readStrictText(bodyLimit);
  const types = ['application/yaml', 'text/plain'];
  app.addContentTypeParser(types, { parseAs: 'buffer', bodyLimit }, (request, body, done) => {
    read(request, body as Buffer).then((text) => done(null, text), done);
  });
}

/** Tells a program whose key it has. */
function ownKeyRoute(app: FastifyInstance): void {
  const options = describeAdmin({
    operation: 'getOwnKey',
    tag: 'key',
    summary: 'Whose key this is, and what it opens',
    replies: {
      200: {
        description: 'The key',
        media: { 'application/json': { schema: OwnKey, example: examples.own } },
      },
    },
  });
  app.get('/key', options, async ({ admin: { login, keyName: key, scopes, expiresAt } }) => ({
    login,
    key,
    scopes,
    expiresAt,
    openapi: `${adminPath}/openapi.json`,
  }));
}
