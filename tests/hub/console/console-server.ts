import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { noSignOn, type SignOn } from '../../../hub/access/sign-on/sign-on.ts';
import { createAttachments } from '../../../hub/attachments/attachments.ts';
import { createContentStore } from '../../../hub/attachments/content-store.ts';
import { openDiskStore } from '../../../hub/attachments/disk-store.ts';
import { consolePages } from '../../../hub/console/console-pages.ts';
import { createEngineer } from '../../../hub/engineer/engineer.ts';
import { createAgentPackages } from '../../../hub/exchange/agents/agent-packages.ts';
import { createBoards } from '../../../hub/exchange/boards/boards.ts';
import { createEndpoints } from '../../../hub/exchange/endpoints/endpoints.ts';
import type { Accept, Accepted, Incoming } from '../../../hub/exchange/intake/incoming.ts';
import type { ParkedActions } from '../../../hub/exchange/parked/parked-actions.ts';
import { createRehearsals, type Rehearsals } from '../../../hub/exchange/rehearsal/rehearsals.ts';
import { createTestRegister } from '../../../hub/exchange/rehearsal/test-register.ts';
import { createRepairs, type Repairs } from '../../../hub/exchange/repairs.ts';
import { createWorkbench } from '../../../hub/exchange/workbench/workbench.ts';
import { closeReplies } from '../../../hub/http/reply-headers.ts';
import { readSettings } from '../../../hub/settings.ts';
import { openAskingStore } from '../../../hub/store/asking.ts';
import type { Store } from '../../../hub/store/database.ts';
import { openShadowStore } from '../../../hub/store/shadow/shadow-store.ts';
import { sampleDirectory } from './sample-agencies.ts';
import { samplePassword } from './sample-board.ts';

/** Stands in for the exchange: remembers what it is given and answers as told. */
export function createRecordedAccept(answer: () => Accepted) {
  const received: Incoming[] = [];
  const accept: Accept = async (incoming) => {
    received.push(incoming);
    return answer();
  };
  return { accept, received };
}

/** Remembers which action was asked for; a retried item is applied or still parked, as told. */
export function createRecordedActions(answer: () => Accepted): ParkedActions & { asked: unknown[][] } {
  const asked: unknown[][] = [];
  const note =
    (action: string) =>
    async (...values: unknown[]) => {
      asked.push([action, ...values]);
    };
  return {
    asked,
    retryItem: async (...values) => {
      asked.push(['retryItem', ...values]);
      return answer();
    },
    listAmendments: async () => [{ decision: 'vouched', words: ['<b>그 글</b>'] }],
    amendItem: async (...values) => {
      asked.push(['amendItem', ...values]);
      return answer();
    },
    restoreCut: async (...values) => {
      asked.push(['restoreCut', ...values]);
      return answer();
    },
    discardItem: note('discardItem'),
    retryLink: note('retryLink'),
    skipEvent: note('skipEvent'),
    retryNotice: note('retryNotice'),
    retryFile: note('retryFile'),
    giveUpFile: note('giveUpFile'),
  };
}

/** The real thing, for boards that cannot be reached. */
function openRepairs(store: Store, parts: { accept: Accept; parked: ParkedActions }): Repairs {
  const boards = createBoards(sampleDirectory, () => '');
  return createRepairs({ ...parts, store, boards, look: () => undefined });
}

/** The real thing, with an accept that stands in for the exchange. */
function openRehearsals(store: Store, accept: Accept): Rehearsals {
  const boards = createBoards(sampleDirectory, () => '');
  const trialStore = openShadowStore(store, 'trial');
  const register = createTestRegister(store);
  const keepFile = () => Promise.reject(new Error('no file is kept here'));
  return createRehearsals({ store, trialStore, boards, accept, register, keepFile });
}

export interface ConsoleServer {
  /** The addresses of its pages, as they are written in the code. */
  routes: string[];
  app: FastifyInstance;
  url: string;
  /** The streams of live pages that are open now. */
  streams: () => number;
}

/** The console on a free port of this machine. */
export async function startConsole(
  store: Store,
  parts: {
    accept: Accept;
    parked: ParkedActions;
    /** Is given the store that pages ask, before they do. */
    opened?: (asking: Store) => void;
    repairs?: Repairs;
    rehearsals?: Rehearsals;
    environment?: NodeJS.ProcessEnv;
    /** Gets the lines of the log. */
    logged?: string[];
    signOn?: SignOn;
    /** Unless given, that of the sample agencies. */
    directory?: typeof sampleDirectory;
    log?: Logger;
    port?: number;
    /** The secrets of drafts that are tried. Absent: each is empty. */
    secret?: (reference: string) => string;
  },
): Promise<ConsoleServer> {
  const { directory = sampleDirectory } = parts;
  const settings = readSettings({ LOG_LEVEL: 'silent', UNDO_SECONDS: '0', ...parts.environment });
  const app = fastify();
  app.addHook('onRequest', closeReplies(settings.PUBLIC_URL));
  // As in the hub: pages ask by a pool of their own, which is guarded.
  const asking = openAskingStore(store, 4);
  parts.opened?.(asking);
  app.addHook('onClose', () => asking.close());
  const routes: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    if ([method].flat().includes('GET')) routes.push(url);
  });
  let streams = 0;
  app.addHook('onRequest', async ({ url }, { raw }) => {
    if (url !== '/events') return;
    streams += 1;
    raw.once('close', () => {
      streams -= 1;
    });
  });
  const files = await mkdtemp(join(tmpdir(), 'minwon-hub-console-'));
  app.addHook('onClose', () => rm(files, { recursive: true, force: true }));
  const contents = createContentStore(store, openDiskStore(files));
  const attachments = createAttachments({
    store,
    contents,
    directory,
    look: () => undefined,
  });
  const repairs = parts.repairs ?? openRepairs(store, parts);
  const { logged } = parts;
  const log =
    parts.log ??
    (logged
      ? pino({ level: 'info' }, { write: (line) => void logged.push(line) })
      : pino({ level: settings.LOG_LEVEL }));
  const look = () => undefined;
  const hubSecret = settings.SIGNING_SECRET;
  const endpoints = createEndpoints(sampleDirectory, () => '', { hubSecret });
  app.addHook('onClose', () => endpoints.close());
  const { parked } = parts;
  await app.register(consolePages, {
    store: asking,
    directory,
    accept: parts.accept,
    parked,
    attachments,
    rehearsals: parts.rehearsals ?? openRehearsals(asking, parts.accept),
    trials: { check: async () => [], findSecrets: async () => [] },
    workbench: createWorkbench({ store, secret: parts.secret ?? (() => ''), look: () => undefined }),
    repairs,
    engineer: createEngineer({
      ...{ store: asking, directory, endpoints, parked, repairs },
      ...{ hubSecret, look, log, fourEyes: false, wakeAgent: () => undefined },
    }),
    findPackage: createAgentPackages(() => Promise.reject(new Error('none here')), pino({ level: 'silent' })),
    signOn: parts.signOn ?? noSignOn,
    settings,
    log,
  });
  const url = await app.listen({ host: '127.0.0.1', port: parts.port ?? 0 });
  return { app, url, routes, streams: () => streams };
}

/** A person at a browser without JavaScript: keeps cookies, follows no redirect by itself. */
export function createVisitor(url: string) {
  const cookies = new Map<string, string>();
  const call = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(cookie && { cookie }), ...(init.headers as Record<string, string>) };
    const response = await fetch(new URL(path, url), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const get = async (path: string) => {
    const response = await call(path);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const post = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams(fields);
    const response = await call(path, { method: 'POST', body, headers });
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  /** Opens a page, fills the form that leads to `action` and sends it, hidden fields included. */
  const fill = async (path: string, action: string, fields: Record<string, string>) => {
    const { text } = await get(path);
    return post(action, { ...toHidden(text, action), ...fields });
  };
  const signIn = async (login: string, password = samplePassword) => {
    const response = await post('/sign-in', { login, password });
    if (response.status !== 303) throw new Error(`${login} was not let in: ${response.status}`);
  };
  return { cookies, call, get, post, fill, signIn };
}

/** Visitors by login, each signed in once: judging a password is slow on purpose. */
export function createVisitors(url: () => string) {
  const signedIn = new Map<string, Promise<ReturnType<typeof createVisitor>>>();
  const enter = async (login: string) => {
    const visitor = createVisitor(url());
    await visitor.signIn(login);
    return visitor;
  };
  return {
    as(login: string) {
      const known = signedIn.get(login) ?? enter(login);
      signedIn.set(login, known);
      return known;
    },
  };
}

/** Names and values of the hidden fields of the form with this action. */
export function toHidden(html: string, action: string): Record<string, string> {
  const [, form = ''] = html.split(`action="${action}"`);
  const [inside = ''] = form.split('</form>');
  const pattern = /<input type="hidden" name="([^"]*)" value="([^"]*)">/g;
  return Object.fromEntries([...inside.matchAll(pattern)].map(([, name, value]) => [name, value]));
}
