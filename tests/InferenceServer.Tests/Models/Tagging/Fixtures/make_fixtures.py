#!/usr/bin/python3
"""Writes the small BERT checkpoints beside this file and the logits expected of them.

The forward pass below is written from Devlin et al. 2019 and the parameter names of Hugging Face's Transformers, in
float64 and with elementary operations only; it shares no code with the server. Needs Debian's python3-torch. Tests
read the written files and do not need Python; binary ones are kept as base64. Usage: /usr/bin/python3 make_fixtures.py
"""
import base64
import collections
import io
import json
import math
import os
import struct

import torch

HERE = os.path.dirname(os.path.abspath(__file__))
HIDDEN, HEADS, INTERMEDIATE, POSITIONS = 32, 4, 48, 24
TAGS = ["O", "B-name", "I-name", "B-company", "I-company"]
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + list("浙商银行企业信贷部叶老桂博士") + ["play", "##ing", "##s", "2", "##0", ",", "。"]
SEQUENCES = [
    [2, 5, 6, 7, 8, 9, 3],
    [2, 15, 16, 17, 3],
    [2, 19, 20, 22, 23, 1, 24, 3],
    [2] + [5 + (i * 7) % 19 for i in range(22)] + [3],
]


def layers(relative):
    return 1 if relative else 2


def shapes(relative):
    """Names and shapes of a BertForTokenClassification's weights."""
    linear = lambda name, n, m: [(name + ".weight", (m, n)), (name + ".bias", (m,))]
    norm = lambda name: [(name + ".weight", (HIDDEN,)), (name + ".bias", (HIDDEN,))]
    out = [
        ("bert.embeddings.word_embeddings.weight", (len(VOCABULARY), HIDDEN)),
        ("bert.embeddings.position_embeddings.weight", (POSITIONS, HIDDEN)),
        ("bert.embeddings.token_type_embeddings.weight", (2, HIDDEN)),
    ] + norm("bert.embeddings.LayerNorm")
    for layer in range(layers(relative)):
        at = "bert.encoder.layer.%d." % layer
        for part in ("query", "key", "value"):
            out += linear(at + "attention.self." + part, HIDDEN, HIDDEN)
        if relative:
            out.append((at + "attention.self.distance_embedding.weight", (2 * POSITIONS - 1, HIDDEN // HEADS)))
        out += linear(at + "attention.output.dense", HIDDEN, HIDDEN) + norm(at + "attention.output.LayerNorm")
        out += linear(at + "intermediate.dense", HIDDEN, INTERMEDIATE)
        out += linear(at + "output.dense", INTERMEDIATE, HIDDEN) + norm(at + "output.LayerNorm")
    return out + linear("classifier", HIDDEN, len(TAGS))


def layer_norm(x, w, name):
    mean = x.mean(-1, keepdim=True)
    variance = ((x - mean) ** 2).mean(-1, keepdim=True)
    return (x - mean) / torch.sqrt(variance + 1e-12) * w[name + ".weight"] + w[name + ".bias"]


def dense(x, w, name):
    return x @ w[name + ".weight"].t() + w[name + ".bias"]


def forward(w, ids, relative):
    """Logits of one sequence, without padding: [length, tags]."""
    n, width = len(ids), HIDDEN // HEADS
    x = w["bert.embeddings.word_embeddings.weight"][ids] + w["bert.embeddings.token_type_embeddings.weight"][0]
    if not relative:
        x = x + w["bert.embeddings.position_embeddings.weight"][:n]
    x = layer_norm(x, w, "bert.embeddings.LayerNorm")
    for layer in range(layers(relative)):
        at = "bert.encoder.layer.%d." % layer
        q, k, v = (dense(x, w, at + "attention.self." + part) for part in ("query", "key", "value"))
        heads = []
        for head in range(HEADS):
            part = slice(head * width, (head + 1) * width)
            scores = q[:, part] @ k[:, part].t()
            if relative:  # Shaw et al. 2018: a key for each distance
                table = w[at + "attention.self.distance_embedding.weight"]
                for i in range(n):
                    for j in range(n):
                        scores[i, j] += (q[i, part] * table[i - j + POSITIONS - 1]).sum()
            shares = torch.exp(scores / math.sqrt(width))
            heads.append(shares / shares.sum(-1, keepdim=True) @ v[:, part])
        x = layer_norm(x + dense(torch.cat(heads, -1), w, at + "attention.output.dense"), w, at + "attention.output.LayerNorm")
        y = dense(x, w, at + "intermediate.dense")
        y = y * 0.5 * (1 + torch.erf(y / math.sqrt(2)))
        x = layer_norm(x + dense(y, w, at + "output.dense"), w, at + "output.LayerNorm")
    return dense(x, w, "classifier")


def write_safetensors(path, weights):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name in sorted(weights):
        raw = struct.pack("<%df" % weights[name].numel(), *weights[name].reshape(-1).tolist())
        header[name] = {"dtype": "F32", "shape": list(weights[name].shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    write_base64(path, struct.pack("<Q", len(text)) + text + data)


def write_base64(path, data):
    with open(path + ".base64", "w") as file:
        file.write(base64.b64encode(data).decode() + "\n")


def write(folder, relative):
    os.makedirs(folder, exist_ok=True)
    weights = {}
    for name, shape in shapes(relative):
        value = torch.randn(shape) * 0.3
        weights[name] = value + 1 if name.endswith("LayerNorm.weight") else value
    config = {
        "architectures": ["BertForTokenClassification"], "model_type": "bert", "hidden_act": "gelu", "vocab_size": len(VOCABULARY),
        "hidden_size": HIDDEN, "num_hidden_layers": layers(relative), "num_attention_heads": HEADS, "intermediate_size": INTERMEDIATE,
        "max_position_embeddings": POSITIONS, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
        "position_embedding_type": "relative_key" if relative else "absolute",
        "id2label": {str(i): tag for i, tag in enumerate(TAGS)}, "label2id": {tag: i for i, tag in enumerate(TAGS)},
    }
    with open(os.path.join(folder, "config.json"), "w") as file:
        file.write(json.dumps(config, indent=2) + "\n")
    with open(os.path.join(folder, "vocab.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(VOCABULARY) + "\n")
    write_safetensors(os.path.join(folder, "model.safetensors"), weights)
    if not relative:  # as TensorFlow's converter named the norms, and with a weight that a tagger does not have
        old = {k.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): v for k, v in weights.items()}
        old["bert.pooler.dense.bias"] = torch.zeros(HIDDEN)
        state = collections.OrderedDict(old)
        state._metadata = collections.OrderedDict([("", {"version": 1})])  # as Module.state_dict() has it
        buffer = io.BytesIO()
        torch.save(state, buffer)
        write_base64(os.path.join(folder, "pytorch_model.bin"), buffer.getvalue())
    doubles = {name: value.double() for name, value in weights.items()}
    expected = [{"ids": ids, "logits": [[round(v, 7) for v in row] for row in forward(doubles, ids, relative).tolist()]} for ids in SEQUENCES]
    with open(os.path.join(folder, "expected.json"), "w") as file:
        file.write(json.dumps(expected) + "\n")


torch.manual_seed(20)
write(os.path.join(HERE, "absolute"), False)
write(os.path.join(HERE, "relative"), True)
