#!/usr/bin/python3
"""Tags texts the plain way: a BERT for token classification in PyTorch, every batch padded to 128 tokens.

Usage: tagger.py CHECKPOINT TEXTS SECONDS THREADS. The checkpoint is a Hugging Face folder (config.json, vocab.txt,
model.safetensors) with absolute or relative_key positions. Prints sequences a second for batches of 1 and of 16.
"""
import json
import math
import os
import struct
import sys
import time

import torch
import torch.nn.functional as F

LENGTH = 128


def read_safetensors(path):
    """Tensors by name; float32 only."""
    with open(path, "rb") as file:
        size = struct.unpack("<Q", file.read(8))[0]
        header = json.loads(file.read(size))
        data = bytearray(file.read())
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            assert entry["dtype"] == "F32", name
            begin, end = entry["data_offsets"]
            tensors[name] = torch.frombuffer(data, dtype=torch.float32, count=(end - begin) // 4, offset=begin).view(entry["shape"])
    return tensors


class Bert:
    """The network, with query, key and value as one product and without dropout."""

    def __init__(self, config, weights):
        self.config, self.w = config, weights
        self.relative = config.get("position_embedding_type", "absolute") == "relative_key"
        self.layers = []
        for layer in range(config["num_hidden_layers"]):
            at = "bert.encoder.layer.%d." % layer
            parts = [at + "attention.self." + part for part in ("query", "key", "value")]
            joined = [torch.cat([weights[part + end] for part in parts]) for end in (".weight", ".bias")]
            self.layers.append((at, joined[0], joined[1]))
        places = torch.arange(LENGTH)
        self.distances = (places[:, None] - places[None, :] + LENGTH - 1)[None, None]

    def linear(self, x, name):
        return F.linear(x, self.w[name + ".weight"], self.w[name + ".bias"])

    def norm(self, x, name):
        return F.layer_norm(x, (x.shape[-1],), self.w[name + ".weight"], self.w[name + ".bias"], self.config["layer_norm_eps"])

    def forward(self, ids, mask):
        rows, heads, hidden = ids.shape[0], self.config["num_attention_heads"], self.config["hidden_size"]
        width = hidden // heads
        x = F.embedding(ids, self.w["bert.embeddings.word_embeddings.weight"]) + self.w["bert.embeddings.token_type_embeddings.weight"][0]
        if not self.relative:
            x = x + self.w["bert.embeddings.position_embeddings.weight"][:LENGTH]
        x = self.norm(x, "bert.embeddings.LayerNorm")
        for at, weight, bias in self.layers:
            q, k, v = F.linear(x, weight, bias).view(rows, LENGTH, 3, heads, width).permute(2, 0, 3, 1, 4)
            scores = q @ k.transpose(-1, -2)
            if self.relative:
                table = self.w[at + "attention.self.distance_embedding.weight"]
                middle = table.shape[0] // 2
                by_distance = q @ table[middle - LENGTH + 1:middle + LENGTH].t()
                scores = scores + by_distance.gather(3, self.distances.expand(rows, heads, LENGTH, LENGTH))
            context = torch.softmax(scores / math.sqrt(width) + mask, -1) @ v
            x = self.norm(x + self.linear(context.transpose(1, 2).reshape(rows, LENGTH, hidden), at + "attention.output.dense"), at + "attention.output.LayerNorm")
            x = self.norm(x + self.linear(F.gelu(self.linear(x, at + "intermediate.dense")), at + "output.dense"), at + "output.LayerNorm")
        return self.linear(x, "classifier")


def read_texts(path, vocabulary):
    """Token ids of each text; a character is a token, as the lengths are what counts here."""
    cls, sep, unknown = (vocabulary[token] for token in ("[CLS]", "[SEP]", "[UNK]"))
    with open(path, encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file if line.strip()]
    return [[cls] + [vocabulary.get(c, unknown) for c in text.lower() if not c.isspace()][:LENGTH - 2] + [sep] for text in texts]


def measure(bert, texts, together, seconds):
    """Sequences a second; texts are taken in an order that does not follow their length."""
    batches = []
    for begin in range(0, len(texts) - together + 1, together):
        rows = texts[begin:begin + together]
        ids = torch.tensor([row + [0] * (LENGTH - len(row)) for row in rows])
        lengths = torch.tensor([len(row) for row in rows])
        mask = (torch.arange(LENGTH)[None] >= lengths[:, None]).float()[:, None, None] * torch.finfo(torch.float32).min
        batches.append((ids, mask))
    with torch.inference_mode():
        for batch in batches[:4]:
            bert.forward(*batch)  # warm
        done, at, start = 0, 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            done += bert.forward(*batches[at * 7919 % len(batches)]).shape[0]
            at += 1
        return done / (time.perf_counter() - start)


def main():
    folder, texts, seconds, threads = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
    torch.set_num_threads(threads)
    with open(os.path.join(folder, "config.json"), encoding="utf-8") as file:
        config = json.load(file)
    with open(os.path.join(folder, "vocab.txt"), encoding="utf-8") as file:
        vocabulary = {token.rstrip("\n"): at for at, token in enumerate(file)}
    bert = Bert(config, read_safetensors(os.path.join(folder, "model.safetensors")))
    rows = read_texts(texts, vocabulary)
    for name, together in (("naive", 1), ("naive16", 16)):
        print("%s %.2f" % (name, measure(bert, rows, together, seconds)), flush=True)


main()
