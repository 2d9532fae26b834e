"""The learner's story over native gRPC from Python: feed, top-up, purchase, the same purchase again.

    KP_TOKEN=... python3 learner.py 127.0.0.1:5081 learner-1

KP_TOKEN is the learner's bearer token; the development issuer gives one: README, "Call it".
Needs grpcio and grpcio-tools (Debian: python3-grpcio, python3-grpc-tools). Compiles protos/ into a temporary folder.
Prints one JSON object; exits 1 with the server's message when a call fails.
"""

import json
import os
import pathlib
import re
import secrets
import sys
import tempfile

import google
import grpc
from grpc_tools import protoc

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECONDS = 20


def with_imports(name):
    """Names a file of the contract and all that it imports: older compilers refuse some of the rest."""
    for folder in ("protos", "third_party/googleapis"):
        path = ROOT / folder / name
        if path.exists():
            imports = re.findall(r'^import "([^"]+)";', path.read_text(encoding="utf-8"), re.MULTILINE)
            return {name}.union(*map(with_imports, imports))
    return set()


def load_contract():
    """Compiles the contract and returns the modules of the learner's service and its purchase messages."""
    out = tempfile.mkdtemp(prefix="kpgrpc-python-")
    sources = sorted(with_imports("kp/learner/v1/learner_service.proto"))
    includes = ["-I" + str(ROOT / "protos"), "-I" + str(ROOT / "third_party/googleapis"), "-I" + str(pathlib.Path(protoc.__file__).parent / "_proto")]
    if protoc.main(["protoc", *includes, "--python_out=" + out, "--grpc_python_out=" + out, *sources]) != 0:
        sys.exit("protoc refused the contract")
    sys.path.insert(0, out)
    # google.protobuf is installed, google.api was just generated: one package, two places.
    google.__path__.append(str(pathlib.Path(out) / "google"))
    from kp.learner.v1 import home_pb2, learner_service_pb2_grpc, purchase_pb2, wallet_pb2

    return learner_service_pb2_grpc, home_pb2, wallet_pb2, purchase_pb2


def main(address, learner_id):
    metadata = [("authorization", "Bearer " + os.environ["KP_TOKEN"])]
    service, home_pb2, wallet_pb2, purchase_pb2 = load_contract()
    with grpc.insecure_channel(address) as channel:
        client = service.LearnerServiceStub(channel)
        home = client.GetHome(home_pb2.GetHomeRequest(learner_id=learner_id, count=5), timeout=SECONDS, metadata=metadata)
        work = home.items[0].work
        client.TopUp(
            wallet_pb2.TopUpRequest(idempotency_key=secrets.token_bytes(16), learner_id=learner_id, amount=work.price),
            timeout=SECONDS, metadata=metadata,
        )
        order = purchase_pb2.PurchaseRequest(
            idempotency_key=secrets.token_bytes(16), learner_id=learner_id, work_id=work.work_id, expected_price=work.price
        )
        first = client.Purchase(order, timeout=SECONDS, metadata=metadata)
        second = client.Purchase(order, timeout=SECONDS, metadata=metadata)
    print(
        json.dumps(
            {
                "items": len(home.items),
                "workId": work.work_id,
                "price": str(work.price.minor_units),
                "parts": [str(line.amount.minor_units) for line in first.receipt.split],
                "sequence": str(first.receipt.sequence),
                "outcome": purchase_pb2.Outcome.Name(first.outcome),
                "sameReceipt": first.receipt.proof.leaf == second.receipt.proof.leaf,
                "replayed": second.replayed,
            }
        )
    )


if __name__ == "__main__":
    try:
        main(*sys.argv[1:3])
    except grpc.RpcError as error:
        sys.exit(error.details())
