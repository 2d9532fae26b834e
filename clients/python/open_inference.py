"""Asks any server of the Open Inference Protocol v2 for recommendations, typed and raw, from its public contract alone.

    python3 open_inference.py 127.0.0.1:5181 counts work-1,work-2

Needs grpcio and grpcio-tools (Debian: python3-grpcio, python3-grpc-tools). Compiles protos/inference into a temporary folder.
Prints one JSON object; exits 1 with the server's message when a call fails.
"""

import json
import pathlib
import struct
import sys
import tempfile

import grpc
from grpc_tools import protoc

ROOT = pathlib.Path(__file__).resolve().parents[2]
SECONDS = 20


def load_contract():
    """Compiles the one file of the protocol and returns its modules."""
    out = tempfile.mkdtemp(prefix="kpgrpc-inference-")
    folder = str(ROOT / "protos" / "inference")
    if protoc.main(["protoc", "-I" + folder, "--python_out=" + out, "--grpc_python_out=" + out, "grpc_service.proto"]) != 0:
        sys.exit("protoc refused the contract")
    sys.path.insert(0, out)
    import grpc_service_pb2
    import grpc_service_pb2_grpc

    return grpc_service_pb2, grpc_service_pb2_grpc


def pack(texts):
    """BYTES elements in raw form: each after its length."""
    return b"".join(struct.pack("<I", len(text)) + text for text in texts)


def unpack(raw):
    """The other way round."""
    texts = []
    while raw:
        (length,) = struct.unpack_from("<I", raw)
        texts.append(raw[4 : 4 + length])
        raw = raw[4 + length :]
    return texts


def status_of(call):
    """The name of the status that a call ends with."""
    try:
        call()
        return "OK"
    except grpc.RpcError as error:
        return error.code().name


def main(address, model, history):
    pb2, pb2_grpc = load_contract()
    works = [work.encode() for work in history.split(",")]
    with grpc.insecure_channel(address) as channel:
        client = pb2_grpc.GRPCInferenceServiceStub(channel)
        server = client.ServerMetadata(pb2.ServerMetadataRequest(), timeout=SECONDS)
        index = client.RepositoryIndex(pb2.RepositoryIndexRequest(), timeout=SECONDS)
        metadata = client.ModelMetadata(pb2.ModelMetadataRequest(name=model), timeout=SECONDS)

        typed = pb2.ModelInferRequest(model_name=model, id="typed")
        tensor = typed.inputs.add(name="history", datatype="BYTES", shape=[1, len(works)])
        tensor.contents.bytes_contents.extend(works)
        first = client.ModelInfer(typed, timeout=SECONDS)

        raw = pb2.ModelInferRequest(model_name=model, id="raw", raw_input_contents=[pack(works)])
        raw.inputs.add(name="history", datatype="BYTES", shape=[1, len(works)])
        second = client.ModelInfer(raw, timeout=SECONDS)

        wrong_type = pb2.ModelInferRequest(model_name=model)
        wrong_type.inputs.add(name="history", datatype="FP32", shape=[1, 1]).contents.fp32_contents.append(1)
        wrong_shape = pb2.ModelInferRequest(model_name=model)
        wrong_shape.inputs.add(name="history", datatype="BYTES", shape=[len(works)]).contents.bytes_contents.extend(works)
        mixed = pb2.ModelInferRequest()
        mixed.CopyFrom(typed)
        mixed.raw_input_contents.append(pack(works))
        infer = lambda request: status_of(lambda: client.ModelInfer(request, timeout=SECONDS))
        answer = {
            "live": client.ServerLive(pb2.ServerLiveRequest(), timeout=SECONDS).live,
            "ready": client.ServerReady(pb2.ServerReadyRequest(), timeout=SECONDS).ready,
            "modelReady": client.ModelReady(pb2.ModelReadyRequest(name=model), timeout=SECONDS).ready,
            "server": server.name,
            "extensions": list(server.extensions),
            "repository": sorted({entry.name for entry in index.models}),
            "inputs": [f"{tensor.name} {tensor.datatype}" for tensor in metadata.inputs],
            "outputs": [f"{tensor.name} {tensor.datatype}" for tensor in metadata.outputs],
            "typed": [text.decode() for text in first.outputs[0].contents.bytes_contents],
            "raw": [text.decode() for text in unpack(second.raw_output_contents[0])],
            "ids": [first.id, second.id],
            "wrongType": infer(wrong_type),
            "wrongShape": infer(wrong_shape),
            "mixed": infer(mixed),
            "unknown": infer(pb2.ModelInferRequest(model_name="no-such-model")),
        }
    print(json.dumps(answer))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:4])
    except grpc.RpcError as error:
        sys.exit(error.details())
