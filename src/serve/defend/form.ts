import { failure } from '../../base/errors.ts';
import { limits } from '../../base/limits.ts';

/** What a whole job is asked for by: settings, and the files by the names that the settings have for them. */
export interface Form {
  settings: Record<string, unknown>;
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

const settingsName = 'config';

/** The parts of a body of multipart/form-data: `config` is JSON, all others are files. Throws `request-invalid`. */
export async function receivedForm(body: Uint8Array<ArrayBuffer>, type: string): Promise<Form> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  let settings: Form['settings'] | undefined;
  for (const [name, value] of await partsOf(body, type)) {
    const isKnown = name === settingsName ? settings !== undefined : files.has(name);
    if (isKnown) throw refused(`it has two parts called ${JSON.stringify(name)}`);
    if (name === settingsName) settings = settingsIn(typeof value === 'string' ? value : await textOf(value));
    else if (typeof value === 'string') throw refused(`its part ${JSON.stringify(name)} is no file`);
    else files.set(name, new Uint8Array(await value.arrayBuffer()));
  }
  if (settings === undefined) throw refused(`it has no part called ${settingsName}`);
  return { settings, files };
}

async function partsOf(body: Uint8Array<ArrayBuffer>, type: string): Promise<FormData> {
  if (!/^multipart\/form-data\s*;/i.test(type)) throw refused('it is no multipart/form-data');
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch {
    throw refused('its parts cannot be told apart');
  }
}

function textOf(file: Blob): Promise<string> {
  if (file.size > limits.configBytes)
    throw refused(`its ${settingsName} has ${file.size} bytes, at most ${limits.configBytes} are read`);
  return file.text();
}

/** Settings as a JSON object. */
function settingsIn(text: string): Form['settings'] {
  const value = parsed(text.length > limits.configBytes ? '' : text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refused(`its ${settingsName} is no JSON object of at most ${limits.configBytes} signs`);
  return value as Form['settings'];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const refused = (cause: string) => failure('request-invalid', 'request', { cause });
