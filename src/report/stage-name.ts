const names: Record<string, string> = {
  ranking: 'ranking channels',
  sweep: 'sweeping',
  validation: 'scoring',
  test: 'scoring on test',
  rounding: 'checking what rounding decides',
};

/** What a job is at, for people who wait for it. */
export const stageName = (stage: string): string => names[stage] ?? stage;
