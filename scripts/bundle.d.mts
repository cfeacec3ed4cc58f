export function bundle(folder: string, entryPoints: Record<string, string>): Promise<string[]>;
