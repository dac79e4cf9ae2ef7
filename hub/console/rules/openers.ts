import type { FastifyRequest } from 'fastify';
import type { ConsoleDeps } from '../visit/console-context.ts';
import { type DeskDocument, openDocument } from './desk-document.ts';
import { getFile, openTemplate } from './templates/open-template.ts';

/** How the pages of a document find it by their address. */
export interface Opener {
  /** Of a route: names of templates are parameters. */
  path: string;
  open(deps: ConsoleDeps, request: FastifyRequest): Promise<DeskDocument>;
}

const single = (kind: 'routing' | 'clock'): Opener => ({
  path: `/rules/${kind}`,
  open: ({ store }, request) => openDocument(store, request.signedIn().login, { kind }),
});

/** Every kind of document that has pages here. */
export const openers: Opener[] = [
  single('routing'),
  single('clock'),
  {
    path: '/rules/templates/:language/:file',
    open: (deps, request) => openTemplate(deps, request.signedIn().login, getFile(request)),
  },
];
