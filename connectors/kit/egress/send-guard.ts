import type { Dispatcher } from 'undici';

/** What is known of a request on its way. */
export interface Progress {
  /** True from the moment bytes of a writing request may have left this process. */
  wasSent: boolean;
}

/**
 * Runs `beforeSend` when a connection is open and the request is about to be written to it, in the same tick; what it
 * throws ends the request before a byte leaves.
 */
export function sendGuard(progress: Progress, beforeSend?: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart: (controller, context) => {
        handler.onRequestStart?.(controller, context);
        if (controller.aborted) return;
        beforeSend?.();
        progress.wasSent = true;
      },
      onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
      onResponseStart: (...args) => handler.onResponseStart?.(...args),
      onResponseData: (...args) => handler.onResponseData?.(...args),
      onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
      onResponseError: (...args) => handler.onResponseError?.(...args),
    });
}
