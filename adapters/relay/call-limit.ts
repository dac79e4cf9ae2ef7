import { ReasonError, toReason } from '../../schemas/reason.ts';

/**
 * Works like AbortSignal.timeout with a second signal, but ends timer and listener with the call. At hundreds of calls
 * a second they would pile up. `timeout`: seconds.
 */
export async function withTimeLimit<T>(
  timeout: number,
  cut: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const onTimeout = () => controller.abort(new ReasonError(toReason('timed_out', { n: timeout })));
  const timer = setTimeout(onTimeout, timeout * 1000);
  const onCut = () => controller.abort(cut.reason);
  cut.addEventListener('abort', onCut);
  if (cut.aborted) onCut();
  try {
    return await call(controller.signal);
  } finally {
    clearTimeout(timer);
    cut.removeEventListener('abort', onCut);
  }
}
