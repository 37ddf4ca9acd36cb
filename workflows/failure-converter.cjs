// Failure texts and stack traces travel as encoded payloads, so the codec encrypts them too (D16).
// CommonJS, because the SDK loads it by `require`, in the process and in the workflow bundle alike.
const { DefaultFailureConverter } = require('@temporalio/common');

exports.failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
