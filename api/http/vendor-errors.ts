import { type FailureCode, failureCodes } from '../../core/failures.js';

const areas = ['connection/', 'egress/', 'read/', 'vendor/'];

/** Whatever a vendor, or the way to it, may answer while a request waits for it: for routes that ask one. */
export const vendorErrors: readonly FailureCode[] = (Object.keys(failureCodes) as FailureCode[]).filter((code) =>
  areas.some((area) => code.startsWith(area)),
);
