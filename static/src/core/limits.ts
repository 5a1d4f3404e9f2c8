/** Generated from docs/openapi.json by `make wire`: change the Python that it describes instead. */
export const decodingLimits = {
  method: { enum: ['greedy', 'sample', 'beam'] },
  temperature: { maximum: 5, exclusiveMinimum: 0 },
  seed: { maximum: 2147483647, minimum: 0 },
  width: { maximum: 16, minimum: 1 },
} as const;
