#!/usr/bin/env python3
"""Computes golden values of the reference model for an independent implementation.

    golden.py --model DIR --test wikitext2-test.txt --out golden.json

Windows are non-overlapping runs of `context` bytes from the start of the test text; position t predicts byte t+1, so a
window of `context` inputs has `context` targets. All arithmetic in float32 on the CPU; sums of losses in float64.
Split point k: the hidden state after k layers is what crosses (k = 1..12).
"""
import argparse, json, math, struct
from pathlib import Path
import numpy as np
import torch
from torch.nn import functional as F
from train import Llama, windows


def load(folder):
    folder = Path(folder)
    config = json.loads((folder / "config.json").read_text())
    raw = (folder / "model.safetensors").read_bytes()
    n = struct.unpack("<Q", raw[:8])[0]
    head = json.loads(raw[8:8 + n])
    state = {}
    for name, d in head.items():
        if name == "__metadata__":
            continue
        a, b = d["data_offsets"]
        state[name.removeprefix("model.")] = torch.from_numpy(
            np.frombuffer(raw[8 + n + a:8 + n + b], dtype="<f4").reshape(d["shape"]).copy())
    model = Llama(config)
    model.load_state_dict(state)
    model.eval()
    return model, config


def after(k, change):
    return lambda i, h: change(h) if i + 1 == k else h


def quantise(bits):
    """Symmetric uniform quantiser, one scale per token: scale = max|h| / (2^(b-1) - 1), round half to even."""
    top = 2 ** (bits - 1) - 1
    def change(h):
        scale = h.abs().amax(-1, keepdim=True) / top
        return torch.where(scale > 0, torch.round(h / scale).clamp(-top, top) * scale, h)
    return change


def every_third_zero(h):
    """Deterministic erasure: element j of token t is zero where (t + j) mod 3 == 0."""
    t, d = h.shape[1], h.shape[2]
    keep = ((torch.arange(t)[:, None] + torch.arange(d)[None]) % 3 != 0).float()
    return h * keep


def erase(q, generator):
    return lambda h: h * (torch.rand(h.shape, generator=generator) >= q).float()


def awgn(snr_db, generator):
    """Noise power = mean square of the whole hidden state of the window / SNR."""
    def change(h):
        power = h.pow(2).mean((1, 2), keepdim=True)
        return h + torch.randn(h.shape, generator=generator) * (power * 10 ** (-snr_db / 10)).sqrt()
    return change


@torch.no_grad()
def evaluate(model, x, y, clean, perturb=None, batch=50):
    """Mean over tokens of NLL, KL(clean || perturbed), top-1 agreement; standard errors over windows."""
    nll, kl, top = [], [], []
    for i in range(0, len(x), batch):
        lp = F.log_softmax(model(x[i:i + batch], perturb), -1)
        ref = clean[i:i + batch]
        nll.append(-lp.gather(-1, y[i:i + batch, :, None])[..., 0].double().mean(1))
        kl.append((ref.exp() * (ref - lp)).sum(-1).double().mean(1))
        top.append((lp.argmax(-1) == ref.argmax(-1)).double().mean(1))
    nll, kl, top = map(torch.cat, (nll, kl, top))
    se = lambda v: float(v.std() / math.sqrt(len(v)))
    return dict(nll=float(nll.mean()), nll_se=se(nll), kl=float(kl.mean()), kl_se=se(kl), top1=float(top.mean()), top1_se=se(top))


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--model", required=True); a.add_argument("--test", required=True); a.add_argument("--out", required=True)
    a.add_argument("--context", type=int, default=128); a.add_argument("--windows", type=int, default=200)
    o = a.parse_args()
    torch.manual_seed(0)
    model, config = load(o.model)
    data = np.frombuffer(Path(o.test).read_bytes(), dtype=np.uint8)
    x, y = windows(data, o.context, o.windows)
    with torch.no_grad():
        clean = torch.cat([F.log_softmax(model(x[i:i + 50]), -1) for i in range(0, len(x), 50)])
    out = dict(context=o.context, windows=o.windows, layers=config["num_hidden_layers"], text="wikitext-2 test, first bytes")
    sentence = list(b"The split point of a language model decides what crosses the air .")
    with torch.no_grad():
        logits = model(torch.tensor([sentence]))[0]
        hidden = {}
        model(torch.tensor([sentence]), lambda i, h: hidden.setdefault(i + 1, h.clone()) if True else h)
    out["sentence"] = dict(bytes=sentence, logits_last=[round(v, 6) for v in logits[-1].tolist()],
                           logits_mid=[round(v, 6) for v in logits[20].tolist()],
                           hidden_norm_after_layer={k: round(float(h[0].norm()), 5) for k, h in hidden.items()},
                           hidden_last_first8={k: [round(v, 6) for v in h[0, -1, :8].tolist()] for k, h in hidden.items()})
    out["clean"] = evaluate(model, x, y, clean)
    exact = []
    layers = config["num_hidden_layers"]
    for k in sorted({1, layers // 3, 2 * layers // 3, layers}):
        exact.append(dict(split=k, change="every_third_zero", **evaluate(model, x, y, clean, after(k, every_third_zero))))
        for bits in (8, 4, 3):
            exact.append(dict(split=k, change="quantise_per_token", bits=bits, **evaluate(model, x, y, clean, after(k, quantise(bits)))))
    out["deterministic"] = exact
    rows = []
    for k in range(1, config["num_hidden_layers"] + 1):
        for q in (0.01, 0.05, 0.1, 0.2, 0.3):
            g = torch.Generator().manual_seed(1000 * k + int(100 * q))
            rows.append(dict(split=k, change="erase_elements", probability=q, **evaluate(model, x, y, clean, after(k, erase(q, g)))))
        for snr in (0, 5, 10, 20):
            g = torch.Generator().manual_seed(1000 * k + 500 + snr)
            rows.append(dict(split=k, change="awgn", snr_db=snr, **evaluate(model, x, y, clean, after(k, awgn(snr, g)))))
        print(k, [round(r["nll"], 4) for r in rows if r["split"] == k], flush=True)
    out["statistical"] = rows
    Path(o.out).write_text(json.dumps(out, indent=1) + "\n")


if __name__ == "__main__":
    main()
