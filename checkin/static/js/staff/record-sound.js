// From what a browser recorded to the one format the server takes: 16 kHz, one channel, 16 bits.
export const RATE = 16_000;
const FRAME = RATE / 100; // what is loud or not is decided for a hundredth of a second
const BEFORE = 8 * FRAME; // left before the first loud frame, for a soft beginning
const AFTER = 14 * FRAME;
const LEAST_PEAK = 0.01;

// Resolves with samples from -1 to 1; rejects with 'unreadable' or 'silent'.
export async function decode(blob) {
  const samples = await toSamples(blob).catch(() => {
    throw new Error("unreadable");
  });
  if (samples.every((sample) => Math.abs(sample) < LEAST_PEAK)) throw new Error("silent");
  return samples;
}

async function toSamples(blob) {
  // A context of this rate: decoding brings every recording to it.
  const context = new OfflineAudioContext(1, 1, RATE);
  const sound = await context.decodeAudioData(await blob.arrayBuffer());
  const channels = Array.from({ length: sound.numberOfChannels }, (_, n) => sound.getChannelData(n));
  return channels[0].map((_, at) => channels.reduce((sum, one) => sum + one[at], 0) / channels.length);
}

// Where the word is: from the first frame that stands out to the last, and at most so many samples.
export function findWord(samples, most) {
  const loudness = [];
  for (let at = 0; at < samples.length; at += FRAME) {
    const frame = samples.subarray(at, at + FRAME);
    loudness.push(Math.sqrt(frame.reduce((sum, one) => sum + one * one, 0) / frame.length));
  }
  const loudest = Math.max(...loudness);
  const quiet = [...loudness].sort((a, b) => a - b)[Math.floor(loudness.length / 10)];
  const limit = Math.min(Math.max(3 * quiet, loudest / 20), loudest / 2);
  const isLoud = (one) => one >= limit;
  const first = loudness.findIndex(isLoud);
  const last = loudness.length - 1 - [...loudness].reverse().findIndex(isLoud);
  const from = Math.max(0, first * FRAME - BEFORE);
  return { from, to: Math.min(samples.length, from + most, (last + 1) * FRAME + AFTER) };
}

export function toWav(samples) {
  const view = new DataView(new ArrayBuffer(44 + 2 * samples.length));
  const text = (at, letters) => [...letters].forEach((l, n) => view.setUint8(at + n, l.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + 2 * samples.length, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // plain samples
  view.setUint16(22, 1, true); // one channel
  view.setUint32(24, RATE, true);
  view.setUint32(28, 2 * RATE, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, 2 * samples.length, true);
  samples.forEach((one, n) => {
    view.setInt16(44 + 2 * n, Math.round(Math.max(-1, Math.min(1, one)) * 32767), true);
  });
  return new Blob([view.buffer], { type: "audio/wav" });
}
