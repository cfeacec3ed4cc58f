import { type Static, Type } from '@sinclair/typebox';
import { failure } from '../base/errors.ts';
import { checkerInPlace, parsedBy } from '../base/schema.ts';
import { exactJson } from '../formats/exact-json.ts';
import { readSafetensors, type Tensor, writeSafetensors } from '../formats/safetensors.ts';
import { buildModel, type WeightSource } from './build-model.ts';
import type { Model, Shape, Weight } from './net.ts';

/** What the metadata of a net on its way is called. */
const topologyName = 'goodnet';

/** A net as it is sent to another machine: its wiring as JSON, and its weights, in a safetensors file. */
export function sentModel(model: Model): Uint8Array<ArrayBuffer> {
  const layers = [...new Set(model.calls.map(({ layer }) => layer))];
  const tensors = new Map<string, Tensor>();
  const topology: Sent = {
    file: model.file,
    sha256: model.sha256,
    name: model.name,
    dialect: model.dialect as Sent['dialect'],
    layers: layers.map(({ name, className, options: config, trainable, shares, weights }) => ({
      name,
      className,
      config,
      trainable,
      ...(shares && { shares }),
      weights: weights.map(({ name: of, shape, values, path }) => {
        tensors.set(path, { shape, values });
        return { name: of, path };
      }),
    })),
    calls: model.calls.map(({ id, layer, inputs }) => ({ id, layer: layer.name, inputs })),
    input: model.input,
    output: model.output,
  };
  return writeSafetensors({ metadata: { [topologyName]: exactJson(topology) }, tensors });
}

const text = Type.String();
const sentSchema = Type.Object({
  file: text,
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
  name: text,
  dialect: Type.Union([Type.Literal('keras2'), Type.Literal('keras3'), Type.Literal('onnx')]),
  layers: Type.Array(
    Type.Object({
      name: text,
      className: text,
      config: Type.Record(text, Type.Unknown()),
      trainable: Type.Boolean(),
      shares: Type.Optional(Type.Literal(true)),
      weights: Type.Array(Type.Object({ name: text, path: text })),
    }),
  ),
  calls: Type.Array(Type.Object({ id: text, layer: text, inputs: Type.Array(text) })),
  input: text,
  output: text,
});
type Sent = Static<typeof sentSchema>;
const check = checkerInPlace(sentSchema);

/** The wiring in its text, where each call is of a layer that is there, and each name is there once. */
function topologyIn(json: string | undefined): Sent {
  const sent = json === undefined ? null : parsedBy(check, json);
  if (sent === null) throw refused('it is no net as goodnet sends one');
  const layers = new Set(sent.layers.map(({ name }) => name));
  const calls = new Set(sent.calls.map(({ id }) => id));
  if (layers.size < sent.layers.length || calls.size < sent.calls.length) throw refused('a name is there twice');
  if (!sent.calls.every(({ layer }) => layers.has(layer))) throw refused('a call is of no layer that is there');
  return sent;
}

/** The net that was sent, built and checked as one that is read from its file. Throws GoodnetError. */
export function receivedModel(bytes: Uint8Array, memoryBytes: number): Model {
  const { metadata, tensors } = readSafetensors(bytes, 'model');
  const { file, sha256, ...topology } = topologyIn(metadata[topologyName]);
  const paths = new Map(topology.layers.map(({ name, weights }) => [name, weights]));
  const weights: WeightSource = (needs) =>
    new Map([...needs].map(([name, needed]) => [name, needed.map((need, i) => weightOf(need, paths.get(name)?.[i]))]));
  const weightOf = ([name, shape]: [string, Shape], sent?: { path: string }): Weight => {
    const found = sent && tensors.get(sent.path);
    if (!(found?.values instanceof Float32Array) || found.shape.join() !== shape.join())
      throw refused(`weight ${name} is not there, or not as float32 of its shape`);
    if (!found.values.every(Number.isFinite)) throw refused(`weight ${name} is not finite`);
    return { name, shape, values: found.values, path: sent!.path };
  };
  return buildModel(topology, weights, file, sha256, memoryBytes);
}

const refused = (cause: string) => failure('model-config', 'model', { cause });
