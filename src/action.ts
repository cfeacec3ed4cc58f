// Nothing is imported before an error has its end: what cannot be loaded would end the step with Node's own exit code, 1, which says that a gate is not met.
const [{ lastResort }, { masking }] = await Promise.all([
  import('./jobs/last-resort.ts'),
  import('./github/secrets.ts'),
]).catch((error: NodeJS.ErrnoException) => {
  process.stdout.write(
    `::error title=goodnet::goodnet: cannot be loaded (${error.code ?? error.name}); allow more open files, or check it out again\n`,
  );
  return process.exit(2);
});

const masked = masking(process.env);
lastResort(({ code, text }) => {
  const [line = ''] = text.split('\n');
  process.stdout.write(
    masked(
      code === 2
        ? `::error title=goodnet::${line}\n`
        : `::error title=goodnet::goodnet stopped by a bug; nothing was decided.\n${text}`,
    ),
  );
});
const [{ main }, { actionsRunner }, { processWorld }] = await Promise.all([
  import('./github/main.ts'),
  import('./github/runner.ts'),
  import('./jobs/world.ts'),
]);
process.exitCode = await main(actionsRunner(process.env), processWorld());
