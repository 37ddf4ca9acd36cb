/** What a request can be about, in the order in which a form offers it. */
export const requestKinds = ['setup', 'feature', 'problem', 'other'] as const;
