/** Sends what was prepared, and returns the reply as expressions read it. Throws HttpError for every failure. */
export type Send = (signal: AbortSignal) => Promise<unknown>;

/** Prepares a request from the input of expressions. Throws if it cannot be built; nothing has been sent then. */
export type Prepare = (input: Record<string, unknown>) => Promise<Send>;
