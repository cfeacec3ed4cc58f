#!/usr/bin/env node
import { main } from './cli/program.ts';
import { packageFolder, processWorld } from './world.ts';

process.once('SIGINT', () => process.exit(130));
process.exitCode = await main(process.argv.slice(2), { ...processWorld(), packageFolder, stdout: process.stdout, stderr: process.stderr });
