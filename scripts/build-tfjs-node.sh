#!/usr/bin/env bash
# Installs @tensorflow/tfjs-node in FOLDER (.tfjs-node if none is named) and builds its native part out of what npm's and Python's registries
# hold: TensorFlow's library from the wheel of tensorflow-cpu, Node's headers from node-api-headers. For x86-64 Linux with npm, python3 with pip, and g++;
# 1.2 GB of disk. Afterwards: NODE_PATH=FOLDER/node_modules goodnet ... --engine tensorflow
set -euo pipefail
mkdir -p "${1:-.tfjs-node}"
folder=$(cd "${1:-.tfjs-node}" && pwd)
library=$folder/node_modules/@tensorflow/tfjs-node
wheel=$(mktemp -d)
trap 'rm -rf "$wheel"' EXIT

npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error @tensorflow/tfjs-node@4.22.0 node-api-headers@1.9.0
python3 -m pip download --quiet --no-deps --only-binary=:all: --python-version 3.12 --dest "$wheel" tensorflow-cpu==2.21.0
mkdir -p "$library/deps/lib" "$library/lib/napi-v8"
python3 - "$wheel" "$library/deps" <<'END'
import pathlib, sys, zipfile
wheel, deps = map(pathlib.Path, sys.argv[1:])
libraries, headers = 'tensorflow/libtensorflow_', 'tensorflow/include/'
used = [headers + part for part in ('tensorflow/c/', 'tensorflow/core/platform/', 'tsl/platform/', 'xla/tsl/c/')]
with zipfile.ZipFile(next(wheel.iterdir())) as archive:
    for name in archive.namelist():
        if name.startswith(libraries): target = deps / 'lib' / pathlib.Path(name).name
        elif name.endswith('.h') and name.startswith(tuple(used)): target = deps / 'include' / name.removeprefix(headers)
        else: continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as source, open(target, 'wb') as copy:
            while part := source.read(1 << 24): copy.write(part)
END
g++ -std=c++17 -O2 -fPIC -shared -DNAPI_VERSION=8 -I "$folder/node_modules/node-api-headers/include" -I "$library" -I "$library/deps/include" \
  "$library"/binding/tfjs_{backend,binding}.cc -L "$library/deps/lib" -l:libtensorflow_cc.so.2 -l:libtensorflow_framework.so.2 \
  '-Wl,-rpath,$ORIGIN/../../deps/lib' -o "$library/lib/napi-v8/tfjs_binding.node"
NODE_PATH=$folder/node_modules TF_CPP_MIN_LOG_LEVEL=1 node -e 'const tf = require("@tensorflow/tfjs-node"); if (tf.tanh(9).dataSync()[0] !== 1) throw new Error("TensorFlow does not answer")'
echo "NODE_PATH=$folder/node_modules"
