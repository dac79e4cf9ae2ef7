/** Milliseconds on the monotonic clock that all processes of one machine share. */
export const now = (): number => Number(process.hrtime.bigint()) / 1e6;
