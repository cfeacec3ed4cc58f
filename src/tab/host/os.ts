/** The machine of a tab, of which it is told nothing. */
export const hostname = (): string => 'tab';
export const tmpdir = (): string => '/tmp';
