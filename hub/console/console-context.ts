import type { Multipart } from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Action } from '../access/rights.ts';
import type { Session } from '../access/sessions.ts';
import type { User } from '../access/users.ts';
import type { Attachments } from '../attachments/attachments.ts';
import type { Directory } from '../configuration/directory.ts';
import type { FindAgentPackage } from '../doors/agent/agent-door-dependencies.ts';
import type { Accept } from '../exchange/incoming.ts';
import type { ParkedActions } from '../exchange/parked-actions.ts';
import type { Repairs } from '../exchange/repairs.ts';
import type { Settings } from '../settings.ts';
import type { Store } from '../store/database.ts';

/** What the console needs. */
export interface ConsoleDeps {
  store: Store;
  directory: Directory;
  accept: Accept;
  attachments: Attachments;
  parked: ParkedActions;
  repairs: Repairs;
  findPackage: FindAgentPackage;
  settings: Settings;
  log: Logger;
}

/** A group of pages. */
export type Pages = (app: FastifyInstance, deps: ConsoleDeps) => void;

/** Fields of a form as typed; always text. */
export type Typed = Record<string, string>;

declare module 'fastify' {
  interface FastifyRequest {
    /** The signed-in person's session; null outside. */
    session: Session | null;
    /** The signed-in person. Throws outside of pages that ask for signing in. */
    signedIn(): User;
    /** Throws ConsoleError `forbidden` where the person may do this on no complaint at all. */
    demand(action: Action): User;
    /** The fields of the form that came, trimmed. */
    typed(): Typed;
    /** A field exactly as typed: a password may begin or end with a space. Empty: there was none. */
    typedExactly(field: string): string;
    /** Of a form with files: what comes behind its token. */
    formParts: AsyncIterable<Multipart> | null;
    /** Values of the address's query: the first of each name, empty ones left out. */
    asked(): Typed;
  }
  interface FastifyReply {
    /** Answer with a page. */
    page(name: string, data?: object, status?: number): Promise<FastifyReply>;
  }
}
