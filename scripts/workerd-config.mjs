// What workerd is told of an evaluator that it serves.
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Writes the config of worker.js in a folder, and of all modules of WebAssembly beside it, at a port of this machine; answers its path. */
export function workerdConfig(folder, port, environment) {
  const file = path.join(folder, `workerd-${port}.capnp`);
  const modules = readdirSync(folder).filter((name) => name.endsWith('.wasm'));
  const lines = [
    'using Workerd = import "/workerd/workerd.capnp";',
    'const config :Workerd.Config = (',
    '  services = [(name = "main", worker = .evaluator)],',
    `  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],`,
    ');',
    'const evaluator :Workerd.Worker = (',
    '  compatibilityDate = "2026-01-01",',
    '  modules = [',
    '    (name = "worker.js", esModule = embed "worker.js"),',
    ...modules.map((name) => `    (name = "${name}", wasm = embed "${name}"),`),
    '  ],',
    `  bindings = [${Object.entries(environment)
      .map(([name, text]) => `(name = "${name}", text = ${JSON.stringify(text)})`)
      .join(', ')}],`,
    ');',
  ];
  writeFileSync(file, lines.join('\n'));
  return file;
}
