#!/usr/bin/env bash
# A run divided over a Slurm cluster: `./slurm.sh 8 --config goodnet.yml` on a file system that all nodes share.
# An array job for each phase, one after the other, then the merge (docs/serverless.md).
set -euo pipefail
shards=$1
shift
counts=${COUNTS:-goodnet-shards}
after=()
for phase in rank sweep test; do
  job=$(sbatch --parsable "${after[@]}" --job-name "goodnet-$phase" --array "0-$((shards - 1))" --cpus-per-task 2 \
    --mem 2G --time 1:00:00 --wrap "goodnet shard --shard $shards --phase $phase --out $counts --workers 2 $*")
  after=(--dependency "afterok:$job")
done
sbatch "${after[@]}" --job-name goodnet-merge --cpus-per-task 2 --mem 2G --time 1:00:00 --wrap "goodnet merge $counts $*"
