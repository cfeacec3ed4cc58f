export function workerdConfig(folder: string, port: number, environment: Record<string, string>): string;
