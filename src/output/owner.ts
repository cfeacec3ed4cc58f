import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * Whose a temporary name is: `live`, a process that runs, this one included; `gone`, one that ended; `elsewhere`, one of another machine or
 * container, of which nothing can be known.
 */
export type Owner = 'live' | 'gone' | 'elsewhere';

/** Names that this process has given out and not taken back. */
const inUse = new Set<string>();

/** A new name that tells which process made it: machine, start of the machine, process space, process and its start. */
export function ownName(): string {
  const name = ['goodnet', ...place, process.pid, startOf(process.pid) ?? 0, randomBytes(6).toString('hex')].join('-');
  inUse.add(name);
  return name;
}

/** Gives up a name of `ownName`: what is called so belongs to no run any more. */
export function release(name: string): void {
  inUse.delete(name);
}

const pattern = /^goodnet-([0-9a-f]{8})-([0-9a-f]{8})-([0-9a-f]{8})-(\d{1,10})-(\d{1,20})-[0-9a-f]{12}$/;

/** Whose name this is; null if it is none of `ownName`. */
export function ownerOf(name: string): { owner: Owner; pid: number } | null {
  const [, host, boot, space, digits, start] = pattern.exec(name) ?? [];
  if (host === undefined) return null;
  const pid = Number(digits);
  const owner = (): Owner => {
    if (host !== place[0]) return 'elsewhere';
    if (boot !== place[1]) return 'gone';
    if (space !== place[2]) return 'elsewhere';
    if (pid === process.pid && start === String(startOf(pid) ?? 0)) return inUse.has(name) ? 'live' : 'gone';
    if (!runs(pid)) return 'gone';
    const now = startOf(pid);
    return now === null || start === '0' || start === String(now) ? 'live' : 'gone';
  };
  return { owner: owner(), pid };
}

const place = [
  hostname(),
  tell(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
  tell(() => readlinkSync('/proc/self/ns/pid')),
].map((text) => createHash('sha256').update(text).digest('hex').slice(0, 8));

/** What only Linux tells; empty elsewhere. */
function tell(read: () => string): string {
  try {
    return read();
  } catch {
    return '';
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process started, in clock ticks after the machine did: the same number is not given to two processes at one time. Null where nobody tells; -1 for one that has ended and is not yet forgotten. */
function startOf(pid: number): number | null {
  const stat = tell(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' '); // the name before may hold spaces
  if (fields.length < 20) return null;
  return fields[0] === 'Z' ? -1 : Number(fields[19]);
}
