// The room base: errors, limits, files, schemas and threads, for all rooms above.
// It may import nothing of goodnet.
/**
 * Every way a user's input can be wrong: `code -> [reason, fix]`.
 * A `GoodnetError` is the user's to mend and prints as one line; anything else thrown is a bug.
 */
const table = {
  'file-missing': () => ['does not exist', 'check the path'],
  'file-unreadable': (a: { cause: string }) => [`cannot be read (${a.cause})`, 'name a regular file that you may read'],
  'file-empty': () => ['is empty', 'check that the file was written in full'],
  'file-size': (a: { bytes: number; most: number }) => [
    `has ${a.bytes} bytes, at most ${a.most} are read`,
    'check that this is the file you mean, or raise `max-file-bytes` (in memory: `max-memory-bytes`)',
  ],
  memory: (a: { what: string; bytes: number; most: number }) => [
    `${a.what} takes ${a.bytes} bytes in memory, at most ${a.most} are taken`,
    'check that this is the file you mean, or raise `max-memory-bytes`',
  ],
  'file-slow': (a: { seconds: number }) => [
    `took longer than ${a.seconds} s to read`,
    'it is damaged or this machine is overloaded: write the file again',
  ],
  'file-crash': (a: { code: number }) => [
    `ended the thread that read it (exit code ${a.code})`,
    'write the file again; if it stays so, report it with the file',
  ],
  'time-budget': (a: { minutes: number }) => [
    `is not done after ${a.minutes} minutes`,
    'raise `time-budget-minutes`, or name fewer models or images',
  ],
  'file-hash': (a: { expected: string; actual: string }) => [
    `has SHA-256 ${a.actual}, the config pins ${a.expected}`,
    'restore the pinned file or change the pin',
  ],
  safetensors: (a: { cause: string }) => [`is no whole safetensors file: ${a.cause}`, 'send it again'],
  'lfs-pointer': () => [
    'is a Git LFS pointer, not the file itself',
    'run `git lfs pull`, or check out with `lfs: true`',
  ],
  'not-hdf5': () => ['is not an HDF5 file', 'save the model or data as HDF5 (.h5)'],
  'other-format': (a: { kind: string; fix: string }) => [`is ${a.kind}`, a.fix],
  'hdf5-damaged': (a: { cause: string }) => [
    `cannot be read as HDF5 (${a.cause})`,
    'write the file again, uncompressed or with gzip',
  ],
  'hdf5-size': (a: { at: string; bytes: string; size: number }) => [
    `declares ${a.bytes} bytes at ${a.at} and has ${a.size} in all`,
    'write the file again, with all its values',
  ],
  'hdf5-link': (a: { at: string }) => [
    `holds a link instead of data at ${a.at}`,
    'write the data into the file itself',
  ],
  'hdf5-external': (a: { other: string }) => [
    `keeps values in another file (${a.other})`,
    'write the data into the file itself',
  ],
  'hdf5-filter': (a: { at: string; filter: string }) => [
    `packs ${a.at} with ${a.filter}`,
    'write it uncompressed or with gzip',
  ],
  'hdf5-numbers': (a: { at: string }) => [
    `declares numbers of an unusual form at ${a.at}`,
    'write it again as plain integers or floats',
  ],
  'hdf5-attribute': (a: { at: string; name: string; cause: string }) => [
    `its attribute ${a.name} at ${a.at || 'the root'} ${a.cause}`,
    'write it again as h5py writes text',
  ],
  'hdf5-objects': (a: { cause: string }) => [`holds ${a.cause}`, 'check that this is the file you mean'],
  'zip-damaged': (a: { cause: string }) => [`cannot be read as a zip archive (${a.cause})`, 'write the file again'],
  'zip-unsafe': (a: { entry: string; cause: string }) => [
    `is an archive that is not opened: ${a.entry} ${a.cause}`,
    'pack it again as plain stored or deflated files, at most 1 GiB in all',
  ],
  'model-not-keras': () => [
    'holds neither a Keras model nor Keras weights',
    'save it with `model.save("model.keras")` or `model.save("model.h5")`',
  ],
  'model-weights-only': () => [
    'holds weights only, no architecture',
    'set `architecture` (--architecture FILE) to a full model of the same net',
  ],
  'model-architecture': (a: { cause: string }) => [
    `is no model architecture (${a.cause})`,
    'set `architecture` to a full model (.h5 or .keras) or the JSON of `model.to_json()`',
  ],
  'model-config': (a: { cause: string }) => [
    `has a model config that cannot be used: ${a.cause}`,
    'save it again as a plain Functional or Sequential model',
  ],
  'model-keras1': (a: { sign: string }) => [
    `is a model of Keras 1 (${a.sign})`,
    'load it with Keras 2.2, which converts it (`pip install keras==2.2.4`), and save it again',
  ],
  'model-theano': (a: { layer: string }) => [
    `was saved by Keras on Theano, which keeps kernels turned: those of layer ${a.layer} among them`,
    'Keras 2 turns them with `keras.utils.convert_all_kernels_in_model(model)`; save it on TensorFlow after that',
  ],
  'model-quantized': (a: { layer: string; sign: string }) => [
    `layer ${a.layer} is quantized (${a.sign}), which is not supported`,
    'save the float model that it was made of',
  ],
  'model-folder': () => [
    "is a folder, as TensorFlow's SavedModel, not a file",
    'load it with tf-keras (`tf_keras.models.load_model(folder)`) and save it as a .keras or .h5 file',
  ],
  'model-leftover': (a: { what: string; cause: string }) => [
    `holds ${a.what}, ${a.cause}`,
    'save it again with Keras, so that it holds one net and nothing else',
  ],
  'model-carried': (a: { where: string; what: string }) => [
    `holds ${a.what} in its ${a.where}, which is not passed on to repaired models`,
    'save it again from plain Keras parts; `include_optimizer=False` leaves out how it was compiled',
  ],
  'model-shape': (a: { cause: string }) => [
    `has ${a.cause}`,
    'goodnet takes classifiers with one image input and one output: a score for each class, or one sigmoid',
  ],
  'onnx-damaged': (a: { cause: string }) => [
    `cannot be read as ONNX (${a.cause})`,
    'export the model again, and check it with `onnx.checker.check_model`',
  ],
  'onnx-external': (a: { name: string }) => [
    `keeps the values of ${a.name} in another file`,
    'write them into the file itself: `onnx.save(onnx.load("net.onnx"), "whole.onnx")`',
  ],
  'onnx-graph': (a: { cause: string }) => [
    `has a graph that cannot be used: ${a.cause}`,
    'export it again as one plain graph of float32, as `torch.onnx.export(net.eval(), images, "net.onnx")` does',
  ],
  'node-unsupported': (a: { node: string; operator: string }) => [
    `node ${a.node} is a ${a.operator}, which is not supported`,
    'see the list of operators in docs/my-model.md',
  ],
  'node-option': (a: { node: string; operator: string; cause: string }) => [
    `node ${a.node} (${a.operator}): ${a.cause}`,
    'rebuild the net without it, or export it with other options',
  ],
  'layer-unsupported': (a: { layer: string; className: string }) => [
    `layer ${a.layer} is a ${a.className}, which is not supported`,
    'see the list of layers in docs/my-model.md; code inside models is never run',
  ],
  'operation-unsupported': (a: { layer: string; className: string }) => [
    `layer ${a.layer} is the operation ${a.className}, which is not supported`,
    'write a layer in its place: for `preprocess_input` `Rescaling(1/127.5, offset=-1)` or `Normalization`',
  ],
  'operation-float64': (a: { layer: string }) => [
    `layer ${a.layer} computes with an array of float64, and Keras 3 goes on in float64 behind it; goodnet computes in float32`,
    'make the array one of float32: `np.array([...]).astype("float32")`',
  ],
  'layer-option': (a: { layer: string; className: string; cause: string }) => [
    `layer ${a.layer} (${a.className}): ${a.cause}`,
    'rebuild the model with a supported option',
  ],
  'layer-weights': (a: { layer: string; cause: string }) => [
    `layer ${a.layer}: ${a.cause}`,
    'save the model again, or use weights that belong to this architecture',
  ],
  'layer-unknown': (a: { layer: string; near: string }) => [
    `has no layer named ${a.layer}`,
    `did you mean ${a.near}? \`goodnet inspect\` lists the layers`,
  ],
  'layer-not-prunable': (a: { layer: string; cause: string }) => [
    `layer ${a.layer} cannot be pruned: ${a.cause}`,
    'name another layer; `goodnet inspect` lists those that can be pruned',
  ],
  'rank-layer': (a: { layer: string; at: string; chain: string }) => [
    `the channels of ${a.layer} cannot be ranked at ${a.at}`,
    `rank at one of ${a.chain}`,
  ],
  'no-prunable-layer': () => ['has no layer that can be pruned', 'goodnet prunes convolutions and hidden Dense layers'],
  'order-invalid': (a: { layer: string; channels: number; cause: string }) => [
    `\`order\` ${a.cause}`,
    `list each channel 0..${a.channels - 1} of ${a.layer} once`,
  ],
  'few-images': (a: { images: number; least: number; target: number }) => [
    `there are ${a.images} images of other classes than ${a.target}, at least ${a.least} are needed to look for its trigger`,
    'name more clean images',
  ],
  'class-without-images': (a: { missing: number; without: number; classes: number }) => [
    `${a.without === 1 ? `class ${a.missing} has` : `${a.without} of ${a.classes} classes, ${a.missing} the first, have`} no clean validation image, so that a training would have the net forget ${a.without === 1 ? 'it' : 'them'}`,
    'name clean images of every class, or leave out `fine-pruning` and `unlearning`',
  ],
  'half-weights': (a: { precision: string }) => [
    `stores its weights in ${a.precision}, which has too few digits for the small steps of a training`,
    'save the net in float32, or leave out `fine-pruning` and `unlearning`',
  ],
  'class-not-scanned': (a: { missing: number; without: number; classes: number }) => [
    `${a.without === 1 ? `class ${a.missing} has` : `${a.without} of ${a.classes} classes, ${a.missing} the first, have`} no clean image, so that triggers would be looked for on some classes alone`,
    'name clean images of every class',
  ],
  'goodnet-scanned': () => [
    'is a GoodNet, whose votes give a search for triggers nothing to go by',
    'scan the nets that it was joined of',
  ],
  'no-gradient': (a: { layer: string; className: string; cause: string }) => [
    `layer ${a.layer} (${a.className}) gives training nothing to go by: ${a.cause}`,
    'leave out what trains the net or looks for triggers, or rebuild the net without that layer',
  ],
  'output-not-finite': (a: { cause: string }) => [
    `the net's answer is not a finite number${a.cause}`,
    'check the weights and the `scale` of the pixels',
  ],
  'data-missing': (a: { name: string; near: string }) => [
    `has no dataset named \`${a.name}\``,
    `set \`data-name\` and \`label-name\`, or \`data\` and \`label\` beside this one; the file holds ${a.near}`,
  ],
  'data-dtype': (a: { name: string; dtype: string }) => [
    `dataset \`${a.name}\` has the type ${a.dtype}`,
    'store integers or floats',
  ],
  'npz-array': (a: { name: string; cause: string; fix: string }) => [`array \`${a.name}\` ${a.cause}`, a.fix],
  'image-invalid': (a: { cause: string }) => [
    `is no image that can be read: ${a.cause}`,
    'save it again as PNG, JPEG or WebP',
  ],
  'image-sizes': (a: { one: string; other: string; canResize: boolean }) => [
    `images differ in size: ${a.one}, ${a.other}`,
    a.canResize ? 'set `resize`, or store images of one size' : 'store images of one size',
  ],
  'image-channels': (a: { channels: number }) => [
    `image files are grey or RGB, the net takes ${a.channels} channels`,
    'store the images as HDF5 or .npz',
  ],
  'trigger-invalid': (a: { cause: string; fix: string }) => [a.cause, a.fix],
  'trigger-scale': (a: { dtype: string }) => [
    `is to be stamped on ${a.dtype} pixels, whose range is not known`,
    'set `scale` of the trigger: 1 if pixels are 0..255, 1/255 if they are 0..1',
  ],
  'folder-files': (a: { names: string }) => [
    `holds what is no PNG, JPEG or WebP file in its place: ${a.names}`,
    'keep one subfolder for each class, or files named name_label=K.png, and nothing else; links are not followed',
  ],
  'folder-size': (a: { images: number; most: number }) => [
    `holds ${a.images} images, at most ${a.most} are read`,
    'store them as HDF5',
  ],
  'folder-names': (a: { name: string }) => [
    `${a.name} does not name its class`,
    'name files like face_label=12.png, or make one subfolder for each class',
  ],
  'folder-numbers': (a: { name: string; classes: number }) => [
    `has a class folder ${a.name}, the net has the classes 0..${a.classes - 1}`,
    `name the folders by class index, from 0; if Keras made the classes from them, in order of text, set \`class-folders: sorted\``,
  ],
  'folder-classes': (a: { cause: string; classes: number }) => [
    a.cause,
    `make one folder for each class, or name the folders by class index 0..${a.classes - 1}`,
  ],
  'data-empty': () => ['holds no images', 'figures need at least one image'],
  'data-one-class': (a: { label: number }) => [
    `holds clean images of class ${a.label} alone`,
    "name clean images of all classes (or are the clean and the poisoned file in each other's place?)",
  ],
  'data-shape': (a: { shape: string; input: string; layout: string }) => [
    `has images of shape ${a.shape}, read as ${a.layout}; the net takes ${a.input}`,
    'check the file and `layout`, or set `resize`',
  ],
  'pixel-scale': (a: { name: string; length: number; channels: number }) => [
    `\`${a.name}\` has ${a.length} numbers, images for this net have ${a.channels} channels`,
    'give one number, or one for each channel',
  ],
  'pixels-equal': (a: { image: number }) => [
    `the pixels from image ${a.image} on differ, and are all equal once \`scale\`, \`mean\` and \`std\` are applied`,
    'check the three: `mean` and `std` are of pixels after `scale`',
  ],
  'data-ambiguous': (a: { shape: string }) => [
    `images of shape ${a.shape} fit the net both as NCHW and as NHWC`,
    'set `layout`',
  ],
  'data-values': (a: { image: number; value: string }) => [
    `image ${a.image} holds the value ${a.value}`,
    'pixels must be finite numbers',
  ],
  'data-count': (a: { images: number; labels: number }) => [
    `holds ${a.images} images and ${a.labels} labels`,
    'store one label for each image',
  ],
  'label-value': (a: { image: number; value: string; classes: number }) => [
    `label ${a.value} of image ${a.image} is no class`,
    `labels are integers 0..${a.classes - 1} or one-hot rows of the net's ${a.classes} classes`,
  ],
  'label-shape': (a: { shape: string; classes: number }) => [
    `labels have the shape ${a.shape}`,
    `store one index, or a one-hot row of ${a.classes}, for each image`,
  ],
  'no-models': (a: { patterns: string }) => [`no model file matches ${a.patterns}`, 'name at least one model'],
  'many-models': (a: { models: number; most: number }) => [
    `match ${a.models} files, at most ${a.most} are taken`,
    'name fewer',
  ],
  'costly-pattern': (a: { pattern: string }) => [
    `${a.pattern} has more stars, braces or letters than are matched`,
    'use at most 3 `*` between two slashes, 3 `**`, 3 `{` and 4096 letters, or several patterns',
  ],
  'linked-model': () => [
    'is a link, which a pattern does not follow',
    'name the file itself, or exclude the link with `!`',
  ],
  'no-clean-data': () => ['no clean validation data is named', 'set `clean` (--clean FILE)'],
  'file-outside': () => [
    'lies outside the workspace',
    "name a file in the workspace or in the runner's temporary folder, not a link that leads out of them",
  ],
  'no-limits': (a: { limits: string }) => ['set no limit, so there is nothing to pass', `set ${a.limits}`],
  'limit-without-data': (a: { limit: string; data: string }) => [
    `\`${a.limit}\` cannot be judged without ${a.data}`,
    `name ${a.data}, or leave the limit out`,
  ],
  'input-invalid': (a: { cause: string; fix: string }) => [a.cause, a.fix],
  'step-file': (a: { cause: string }) => [
    `the file that it names cannot be written (${a.cause})`,
    'free space on the runner, or let the variable name a file that the step may write',
  ],
  'matrix-size': (a: { models: number; shards: number }) => [
    `match ${a.models} ${a.models === 1 ? 'file' : 'files'}${a.shards > 1 ? `, each of ${a.shards} shards` : ''}, a matrix has 256 jobs at most`,
    a.shards > 1 ? 'plan fewer `shards`, or several matrices' : 'plan them in several matrices',
  ],
  'base-config': (a: { cause: string }) => [
    `the base commit's limits cannot be read (${a.cause})`,
    'give the job `permissions: contents: read, pull-requests: read` and a `repo-token`, or correct the config on the base branch',
  ],
  'base-unknown': () => [
    'the event does not name its base commit, whose limits hold',
    'name the pull request by `pr-number`, or run on `pull_request`',
  ],
  'baseline-artifact': (a: { cause: string }) => [
    `the artifact cannot be compared with (${a.cause})`,
    'give the job `permissions: actions: read`, and name the artifact of a report',
  ],
  'report-version': (a: { version: string }) => [
    `has schema version ${a.version}, this goodnet reads 1`,
    'use the goodnet that wrote it, or make the report again with this one',
  ],
  'report-invalid': (a: { cause: string }) => [a.cause, 'make the report again with goodnet'],
  'report-size': (a: { most: number }) => [
    `takes more than ${a.most} bytes of memory once it is read, alone or with the reports beside it`,
    'split the run into several with fewer models, channels or attacks each',
  ],
  'report-settings': (a: { setting: string }) => [
    `was measured with another \`${a.setting}\` than the merge is told`,
    'give the jobs and the merge the same settings',
  ],
  'report-missing': () => [
    'was planned, but no report of it is there',
    'see the job of that model: it failed before its report was uploaded, or does not pass on `plan: ${{ matrix.plan }}`',
  ],
  'scan-version': (a: { version: string }) => [
    `has schema version ${a.version}, this goodnet reads 1`,
    'use the goodnet that wrote it, or scan again with this one',
  ],
  'scan-invalid': (a: { cause: string }) => [a.cause, 'scan again with goodnet'],
  'scan-missing': () => [
    'was evaluated, but no scan of it is there',
    'let every job scan (`scan: true`); where one did, see why its report was not uploaded',
  ],
  'manifest-missing': () => ['holds no manifest.json', 'name a folder that `goodnet defend` wrote'],
  'manifest-version': (a: { version: string }) => [
    `has schema version ${a.version}, this goodnet reads 1`,
    'check the folder with the goodnet that wrote it',
  ],
  'manifest-invalid': (a: { cause: string }) => [a.cause, 'ask for the folder as `goodnet defend` wrote it'],
  'rerun-input': (a: { cause: string }) => [
    `is needed to run again and ${a.cause}`,
    'name it as for `goodnet defend` (--clean, --poisoned, --config ...), or with `--inputs` the folder that its path starts from',
  ],
  'reports-missing': (a: { cause: string }) => [
    `cannot be fetched (${a.cause})`,
    'run `mode: merge` where the artifact service is, after the jobs of the plan',
  ],
  'out-of-memory': () => [
    'a thread ran out of memory',
    'use fewer threads with `workers`, or a machine with more memory',
  ],
  'thread-lost': (a: { code: number }) => [
    `a thread ended before it was done (exit code ${a.code})`,
    'try again; if it stays so, report it with the model',
  ],
  'request-invalid': (a: { cause: string }) => [`is none that an evaluator answers: ${a.cause}`, 'send it again'],
  'token-wrong': () => [
    'is not the token that the evaluator was started with',
    'set GOODNET_TOKEN to the same text on both sides',
  ],
  'route-unknown': () => ['is no route of an evaluator', 'ask for /, /models/SHA256, /sums, /tallies or /defend'],
  'method-unknown': (a: { method: string }) => [`is asked for by ${a.method} alone`, 'ask for it so'],
  'body-size': (a: { most: number }) => [
    `has more than ${a.most} bytes, the most that this evaluator takes`,
    'ask an evaluator that takes more, or compute without `evaluator`',
  ],
  'defend-unfit': (a: { cause: string; fix: string }) => [`${a.cause}: POST /defend takes no such job`, a.fix],
  'model-unknown': () => ['is not known to this evaluator', 'send it to /models/SHA256 first'],
  'evaluator-busy': (a: { most: number }) => [
    `comes while the evaluator is at work on ${a.most} others, as many as it takes`,
    'ask again later',
  ],
  'evaluator-url': (a: { cause: string }) => [a.cause, 'name evaluators as https://HOST, or http:// on this machine'],
  'evaluator-unfit': (a: { cause: string }) => [
    `cannot be asked: ${a.cause}`,
    'start `goodnet serve` of this version there, or leave it out of `evaluator`',
  ],
  'evaluator-limit': (a: { cause: string }) => [
    `takes no such work: ${a.cause}`,
    'ask an evaluator that takes more, or compute without `evaluator`',
  ],
  'evaluator-lost': (a: { tries: number; cause: string }) => [
    `gave no answer in ${a.tries} tries (the last time: ${a.cause})`,
    'look after it, or leave it out of `evaluator`',
  ],
  'evaluator-differs': (a: { cause: string }) => [
    `answered ${a.cause}: what it computes cannot be believed`,
    'leave it out of `evaluator`, and ask who runs it',
  ],
  'shard-missing': (a: { phase: string; chunk: number }) => [
    `were counted by no shard in the folder (chunk ${a.chunk} of its phase ${a.phase})`,
    `run \`goodnet shard --phase ${a.phase}\` for all shards, with the same settings and version of goodnet`,
  ],
  'shard-artifact': (a: { cause: string }) => [
    `cannot be passed from job to job (${a.cause})`,
    'run shards and their merge where the artifact service is, and again if it was down',
  ],
  'shard-damaged': (a: { cause: string }) => [
    `does not hold what a shard writes (${a.cause})`,
    'remove it, and run its shard again',
  ],
  bug: (a: { cause: string }) => [
    `a bug in goodnet ended its evaluation (${a.cause})`,
    'report it with the trace, and with the model if you may share it',
  ],
  'engine-failed': (a: { layer: string; className: string; cause: string }) => [
    `layer ${a.layer} (${a.className}) could not be computed (${a.cause})`,
    'rebuild the model with other options or smaller sizes, or report it with the model',
  ],
  'engine-unavailable': (a: { cause: string; version: string }) => [
    `does not start (${a.cause})`,
    `install @tensorflow/tfjs-node ${a.version} where goodnet is installed, with its native part (docs/engines.md), or leave \`engine\` out`,
  ],
  'working-folder': () => ['is gone', 'change into a folder that is there'],
  'open-files': () => ['as many files are open as this process may have', 'allow more, as by `ulimit -n 1024`'],
  'no-webassembly': () => [
    'has no WebAssembly, which goodnet computes with',
    'run it without `--jitless`, or on another machine',
  ],
  'no-simd': () => [
    'has no SIMD in its WebAssembly, which goodnet computes with',
    'run it on a processor with SSE4.1 or newer instructions (Arm: any), and without flags of Node.js that turn them off',
  ],
  'machine-memory': () => [
    'the machine gives no more memory or threads',
    'allow more of them (`ulimit -v`, `ulimit -u`), or use fewer threads with `workers`',
  ],
  installation: (a: { cause: string }) => [`${a.cause}, a part of goodnet itself`, 'install goodnet again'],
  'node-version': (a: { version: string; oldest: string }) => [
    `is version ${a.version}, goodnet needs ${a.oldest} or a newer one`,
    'install a newer Node.js',
  ],
  usage: (a: { cause: string; fix: string }) => [a.cause, a.fix],
  'config-invalid': (a: { cause: string; fix: string }) => [a.cause, a.fix],
  'sample-size': (a: { count: number; images: number }) => [
    `holds ${a.count} images, ${a.images} were asked for`,
    'ask for fewer with `--images`',
  ],
  'output-exists': () => ['exists already', 'move it away, or name another place'],
  'output-unwritable': (a: { cause: string }) => [
    `cannot be written (${a.cause})`,
    a.cause === 'ENOSPC' || a.cause === 'EDQUOT'
      ? 'make room on the disk, or write elsewhere with `--out`'
      : 'choose another folder with `--out`',
  ],
  'output-busy': (a: { process: number }) => [
    `another goodnet run (process ${a.process}) is at work there`,
    'wait until it is done, or choose another folder with `--out`',
  ],
  'output-foreign': () => [
    'exists and is not as goodnet wrote it',
    'move it away or choose another folder with `--out`',
  ],
} satisfies Record<string, (args: never) => [string, string]>;

type Table = typeof table;
export type ErrorCode = keyof Table;
type Args<C extends ErrorCode> = Parameters<Table[C]> extends [infer A] ? [args: A] : [];

/** A mistake in what the user gave: `file`, the reason and the fix, in one line. */
export class GoodnetError extends Error {
  constructor(
    readonly code: ErrorCode,
    /** The file, folder or setting that is wrong. */
    readonly subject: string,
    readonly reason: string,
    readonly hint: string,
    options?: ErrorOptions,
  ) {
    super(`${subject}: ${reason}; ${hint}`, options);
    this.name = 'GoodnetError';
  }
}

/** Builds the error `code` about `subject`; the table gives its words. */
export function failure<C extends ErrorCode>(code: C, subject: string, ...args: Args<C>): GoodnetError {
  const words = table[code] as (args: unknown) => [string, string];
  const [reason, hint] = words(cut(args[0] as object | undefined));
  return new GoodnetError(code, subject, reason, hint);
}

/** The first line of what was thrown. */
export const firstLine = (error: unknown): string =>
  error instanceof Error ? error.message.split('\n')[0]! : String(error);

/** What a file gives to say of it may be as long as the file. */
const longest = 2000;

/** Details of an error with long texts cut. */
function cut(details: object | undefined): object | undefined {
  if (details === undefined) return details;
  return Object.fromEntries(
    Object.entries(details).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}…` : value,
    ]),
  );
}

const ofRun: readonly ErrorCode[] = ['output-unwritable', 'output-foreign', 'output-busy', 'time-budget'];

/** Whether an error ends a whole run, and not one model's part of it. */
export const endsRun = ({ code }: GoodnetError): boolean => ofRun.includes(code);
