/** So many times the deadline may pass on a machine that is busy with others, or on a disk that does not answer. */
const patience = 6;
const everyMs = 50;

/**
 * Calls `over` once after `seconds` of the clock in which this process also worked that long, so that a busy machine ends nothing that gets
 * on; after six times as long whatever the process did. Answers what stops the wait.
 */
export function deadline(seconds: number, over: () => void): () => void {
  const [begun, before] = [performance.now(), worked()];
  const timer = setInterval(() => {
    const passed = (performance.now() - begun) / 1000;
    if (passed < seconds || (worked() - before < seconds && passed < patience * seconds)) return;
    clearInterval(timer);
    over();
  }, everyMs);
  return () => clearInterval(timer);
}

/** Processor time of all threads of this process, in seconds. */
function worked(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
