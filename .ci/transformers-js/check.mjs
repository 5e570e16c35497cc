// Loads a folder that "electra convert RUN FOLDER --to onnx" wrote with HuggingFace's transformers.js, offline,
// and prints what its pipeline says of every line of standard input, as "electra predict RUN --json" does.
//   npm install --ignore-scripts && node check.mjs FOLDER < texts.txt
import fs from 'node:fs';
import path from 'node:path';
import { env, pipeline } from '@huggingface/transformers';

const folder = path.resolve(process.argv[2]);
env.allowRemoteModels = false;
env.localModelPath = path.dirname(folder);
const classify = await pipeline('text-classification', path.basename(folder), {
  dtype: 'fp32',
  subfolder: '', // model.onnx is beside config.json, as Optimum has it
});
for (const text of fs.readFileSync(0, 'utf8').split('\n').filter(Boolean)) {
  const scores = await classify(text, { top_k: null });
  const byLabel = Object.fromEntries(scores.map(each => [each.label, each.score]));
  const probabilities = Object.fromEntries(Object.entries(byLabel).sort());
  console.log(JSON.stringify({ answer: scores[0].label, probabilities }));
}
