import { main } from './github/main.ts';
import { actionsRunner } from './github/runner.ts';
import { processWorld } from './world.ts';

process.exitCode = await main(actionsRunner(process.env), processWorld());
