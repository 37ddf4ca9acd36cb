/** Connections, members, keys and the person's own data. */
export const accountRoutes = [] as const;
