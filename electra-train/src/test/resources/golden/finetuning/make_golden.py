"""Shrinks one recorded fine-tuning run of google-research/electra: only the vocabulary rows in use are kept.

usage: make_golden.py RUN_FOLDER OUTPUT.safetensors
RUN_FOLDER holds model.ckpt-0, model.ckpt-4, info.json, *_features.json and outputs.safetensors.
Unused rows of the word table get no gradient, so that dropping them changes no other number.
"""
import json, struct, sys, array

def varint(b, i):
    r = s = 0
    while True:
        c = b[i]; i += 1
        r |= (c & 127) << s; s += 7
        if c < 128: return r, i

def fields(b):
    i = 0
    while i < len(b):
        key, i = varint(b, i)
        kind = key & 7
        if kind == 0: value, i = varint(b, i)
        elif kind == 2:
            n, i = varint(b, i); value = b[i:i + n]; i += n
        elif kind == 5: value = b[i:i + 4]; i += 4
        yield key >> 3, value

def block(b, offset, size):
    data = b[offset:offset + size]
    restarts = struct.unpack('<I', data[-4:])[0]
    end = len(data) - 4 - 4 * restarts
    i, key = 0, b''
    while i < end:
        shared, i = varint(data, i); rest, i = varint(data, i); n, i = varint(data, i)
        key = key[:shared] + data[i:i + rest]; i += rest
        yield key, data[i:i + n]; i += n

def bundle(prefix):
    index = open(prefix + '.index', 'rb').read()
    data = open(prefix + '.data-00000-of-00001', 'rb').read()
    footer = index[-48:]
    _, i = varint(footer, 0); _, i = varint(footer, i)
    offset, i = varint(footer, i); size, i = varint(footer, i)
    out = {}
    for _, handle in block(index, offset, size):
        o, i = varint(handle, 0); s, i = varint(handle, i)
        for key, value in block(index, o, s):
            if not key: continue
            entry = {n: v for n, v in fields(value) if n != 2}
            shape = [dict(fields(d)).get(1, 0) for n, v in fields(value) if n == 2 for m, d in fields(v) if m == 2]
            at = entry.get(4, 0)
            out[key.decode()] = (entry[1], shape, data[at:at + entry.get(5, 0)])
    return out

def rows(raw, width, keep):
    return b''.join(raw[4 * width * k:4 * width * (k + 1)] for k in keep)

run, target = sys.argv[1:]
info = json.load(open(run + '/info.json'))
train = json.load(open(run + '/train_features.json'))
dev = json.load(open(run + '/dev_features.json'))
used = sorted({0} | {t for f in train + dev for t in f['input_ids']})
short = {t: i for i, t in enumerate(used)}
tensors = {}
for when, step in (('before', 0), ('after', 4)):
    for name, (dtype, shape, raw) in bundle(run + '/model.ckpt-%d' % step).items():
        if name == 'global_step' or name.endswith('/adam_m') or name.endswith('/adam_v'): continue
        if name.endswith('word_embeddings'):
            raw = rows(raw, shape[1], used); shape = [len(used), shape[1]]
        tensors[when + '.' + name] = ('F32', shape, raw)
raw = open(run + '/outputs.safetensors', 'rb').read()
n = struct.unpack('<Q', raw[:8])[0]
for name, e in json.loads(raw[8:8 + n]).items():
    if name.startswith('step0.grad.') or name.startswith('eval_'):
        a, b = e['data_offsets']
        tensors[name] = (e['dtype'], e['shape'], raw[8 + n + a:8 + n + b])
task = info['config']['task_names'][0]
for split, features in (('train', train), ('dev', dev)):
    for key in ('input_ids', 'input_mask', 'segment_ids'):
        values = [short[t] if key == 'input_ids' else t for f in features for t in f[key]]
        tensors['%s.%s' % (split, key)] = ('I32', [len(features), len(features[0][key])], struct.pack('<%di' % len(values), *values))
    goal = [float(f.get(task + '_label_ids', f.get(task + '_targets'))) for f in features]
    tensors[split + '.targets'] = ('F32', [len(goal)], struct.pack('<%df' % len(goal), *goal))
steps = info['steps']
tensors['steps.loss'] = ('F32', [len(steps)], struct.pack('<%df' % len(steps), *[s['loss'] for s in steps]))
picked = [e for s in steps for e in s['examples']]
tensors['steps.examples'] = ('I32', [len(steps), len(steps[0]['examples'])], struct.pack('<%di' % len(picked), *picked))
header, offset = {}, 0
for name, (dtype, shape, raw) in tensors.items():
    header[name] = {'dtype': dtype, 'shape': shape, 'data_offsets': [offset, offset + len(raw)]}; offset += len(raw)
text = json.dumps(header).encode(); text += b' ' * (-len(text) % 8)
with open(target, 'wb') as f:
    f.write(struct.pack('<Q', len(text))); f.write(text)
    for _, _, raw in tensors.values(): f.write(raw)
print(target, len(used), offset)
