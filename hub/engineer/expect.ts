/**
 * Compares what somebody believes to change with what there is; undefined: nothing. Errors: EngineerError `changed`. It is
 * called where nothing can come in between: in the transaction of the change, or before a change that names the version.
 */
export type Expect = (now: unknown) => void;

/** Whoever saw the thing just now, on a page, expects nothing. */
export const expectAnything: Expect = () => undefined;
