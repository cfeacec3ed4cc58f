"""Makes mutants as it is told to: python mutate.py SEEDS SCRATCH.

Reads a line of JSON for each: {seed, run, only}. Run -N takes the Nth file of SEEDS as it is; `only` names the kinds to choose from, if not all.
Answers {path, seed, architecture, kinds, neutral, said, misses}.
"""

import importlib
import json
import os
import pkgutil
import random
import sys

os.environ["HDF5_USE_FILE_LOCKING"] = "FALSE"

import kinds as package
from kinds import KINDS, STAGES, Skip
from mutant import Mutant

for module in pkgutil.iter_modules(package.__path__):
    importlib.import_module(f"kinds.{module.name}")

FOLDER, SCRATCH = sys.argv[1:3]
with open(os.path.join(FOLDER, "seeds.json")) as file:
    SEEDS = json.load(file)
TRIES = 100


def mutant_of(seed, run, only):
    """The mutant of a run: one to three changes, chosen by the seed and the run alone. A change that cannot be made is followed by another choice."""
    rng = random.Random(f"{seed} {run}")
    misses = []
    for _ in range(TRIES):
        base = SEEDS[-run - 1] if run < 0 else rng.choice(SEEDS)
        count = 0 if run < 0 else rng.choice((1, 1, 1, 2, 2, 3))
        fitting = [kind for kind in KINDS if base["layout"] in kind.layouts and (only is None or kind.name in only)]
        kinds = rng.sample(fitting, min(count, len(fitting)))
        kinds.sort(key=lambda kind: STAGES.index(kind.stage))
        if not kinds and count > 0:
            continue
        mutant = Mutant(base, FOLDER, SCRATCH, rng)
        try:
            said = []
            for kind in kinds:
                mutant.details = []
                kind.change(mutant)
                said.append(": ".join([kind.name, *mutant.details]))
            path = os.path.join(SCRATCH, f"{seed}-{run}.{base['name'].removesuffix(base['ending'])}{mutant.ending}")
            architecture = mutant.finish(path)
        except (Skip, ValueError, RuntimeError, OSError, LookupError, TypeError, AttributeError) as error:  # h5py refuses to write some of it
            misses.append(f"{'+'.join(kind.name for kind in kinds)}: {type(error).__name__}: {str(error)[:80]}" if not isinstance(error, Skip) else "")
            mutant.drop()
            continue
        return {"path": path, "seed": base, "architecture": architecture, "kinds": [kind.name for kind in kinds], "neutral": all(kind.neutral for kind in kinds), "said": said, "misses": [miss for miss in misses if miss]}
    raise RuntimeError(f"run {run}: no change can be made")


print(json.dumps({"ready": True, "seeds": len(SEEDS), "kinds": [{"name": kind.name, "neutral": kind.neutral} for kind in KINDS]}), flush=True)
for line in sys.stdin:
    print(json.dumps(mutant_of(**json.loads(line))), flush=True)
