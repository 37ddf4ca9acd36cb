export const accountPlaces = [] as const;
