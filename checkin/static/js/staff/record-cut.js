// Which part of a recording is kept: a picture of it with two handles, for fingers, mice and keys.
import { RATE } from "./record-sound.js";

const STEPS = 1000; // of a handle, from the begin of the recording to its end
const LEAST = RATE / 4; // samples between the handles
const canvas = document.querySelector("[data-wave]");
const from = document.querySelector("[data-from]");
const to = document.querySelector("[data-to]");
let samples = new Float32Array(0);
let most = 0; // samples that may be kept

const at = (handle) => Math.round((handle.value / STEPS) * samples.length);
const put = (handle, sample) => (handle.value = Math.round((sample / samples.length) * STEPS));

export function cut(recorded, word, longest) {
  [samples, most] = [recorded, longest];
  put(from, word.from);
  put(to, word.to);
  draw();
}

export const kept = () => samples.slice(at(from), Math.min(at(to), at(from) + most));

// One handle pushes the other: there is always a part between them, and never too long a one.
function push(moved) {
  const least = Math.min(LEAST, samples.length);
  if (moved === from) {
    put(from, Math.min(at(from), samples.length - least));
    put(to, Math.min(Math.max(at(to), at(from) + least), at(from) + most));
  } else {
    put(to, Math.max(at(to), least));
    put(from, Math.max(Math.min(at(from), at(to) - least), at(to) - most));
  }
  draw();
}

const colour = (name) => getComputedStyle(canvas).getPropertyValue(name);

function draw() {
  const { width, height } = canvas;
  const pen = canvas.getContext("2d");
  const each = Math.max(1, Math.floor(samples.length / width));
  const loudest = samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0.01);
  pen.clearRect(0, 0, width, height);
  for (let x = 0; x < width; x += 3) {
    const start = Math.floor((x / width) * samples.length);
    const peak = samples.subarray(start, start + 3 * each).reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    const tall = Math.max(2, (peak / loudest) * height * 0.9);
    pen.fillStyle = colour(start >= at(from) && start < at(to) ? "--accent" : "--line-strong");
    pen.fillRect(x, (height - tall) / 2, 2, tall);
  }
}

from.addEventListener("input", () => push(from));
to.addEventListener("input", () => push(to));
