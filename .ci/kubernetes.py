"""Holds manifests against Kubernetes' own schemas, in which no field is unknown: python .ci/kubernetes.py FILE...

Knative's Service has no schema there: the Pod that it describes is held against that of a Pod.
"""
import copy
import sys
from pathlib import Path

import kubernetes_validate
import yaml

VERSION = "1.37"


def takes(manifest):
    """Whether Kubernetes takes it; says why not."""
    try:
        kubernetes_validate.validate(manifest, VERSION, strict=True)
        return True
    except kubernetes_validate.ValidationError as error:
        print(f"{manifest['kind']}: {error.message}")
        return False


def pod_of(service):
    """The Pod of a Service of Knative, which names containers by itself."""
    assert set(service) == {"apiVersion", "kind", "metadata", "spec"} and set(service["spec"]) == {"template"}
    template = copy.deepcopy(service["spec"]["template"])
    for own in ("containerConcurrency", "timeoutSeconds"):
        template["spec"].pop(own)
    for container in template["spec"]["containers"]:
        container["name"] = "user-container"
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {}, **template}


for file in sys.argv[1:]:
    text = Path(file).read_text().replace("$PHASE", "rank")
    for manifest in yaml.safe_load_all(text):
        own = pod_of(manifest) if manifest["apiVersion"] == "serving.knative.dev/v1" else manifest
        if not takes(own):
            sys.exit(f"{file}: Kubernetes does not take it")
        own["spec"]["unknown"] = "x"
        if takes(own):
            sys.exit(f"{file}: the schema takes anything")
    print(f"{file} is as its schema has it")
