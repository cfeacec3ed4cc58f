#!/usr/bin/env bash
# Runs the command line on every case that check_models.py compares: write_models.sh REFERENCE WORK
set -eu
reference=$1 work=$2 cli=$PWD/dist/cli.js
golden() { # golden NAME FLAGS...
  local folder=$reference/golden/$1; shift
  node "$cli" defend "$folder/badnet.h5" --clean "$folder/clean_valid.h5" --test-clean "$folder/clean_test.h5" \
    --poisoned "patch=$folder/poisoned_valid.h5" --test-poisoned "patch=$folder/poisoned_test.h5" --checkpoints 2,10,30 \
    --out "$work/$(basename "$folder")" "$@"
}
order() { node -p 'JSON.parse(require("fs").readFileSync(process.argv[1])).order.join()' "$1"; }

golden mnist-badnet --scale 0.00392156862745098
golden mnist-resnet
node "$cli" defend "$reference/csaw-lab3/bd_weights.h5" --architecture "$reference/csaw-lab3/prunednet_X=2.h5" --order "$(order "$work/lab.json")" \
  --clean "$work/lab_clean.h5" --poisoned "sunglasses=$work/lab_sunglasses.h5" --checkpoints 2,10,50 --out "$work/lab"
node "$cli" defend "$work/ties.h5" --layer hidden --order "$(order "$work/ties.json")" --clean "$work/ties_data.h5" --checkpoints 2,50,55,60,65,70 --out "$work/ties"
node "$cli" defend "$work/sigmoid_ties.h5" --layer hidden --order "$(order "$work/sigmoid_ties.json")" --clean "$work/sigmoid_ties_data.h5" --checkpoints 2,40 --out "$work/sigmoid_ties"
for name in threshold slope sigmoid tanh tiny names; do
  node "$cli" defend "$work/$name.h5" --layer pruned --clean "$work/${name}_data.h5" --checkpoints 1,30 --out "$work/$name"
done
for net in test/fixtures/layers/*.h5 test/fixtures/architectures/*.h5; do
  case $net in *expected*) continue ;; esac
  name=$(basename "$net" .h5)
  node "$cli" defend "$net" --prune-inputs-of classes --clean "$work/${name}_data.h5" --layout NHWC --checkpoints 1 --out "$work/$name"
done
for net in test/fixtures/formats/*; do
  name=$(basename "$net")
  case $name in
    *expected*) continue ;;
    *.weights.h5) whole=$(ls test/fixtures/formats/"$(echo "$name" | cut -d. -f1-2 | sed s/_early//)".{h5,keras} 2>/dev/null | head -n 1) ;;
    *) whole='' ;;
  esac
  node "$cli" defend "$net" ${whole:+--architecture "$whole"} --clean "$work/${name}_data.h5" --layout NHWC --checkpoints 1 --out "$work/$name"
done
