// The microphone: open while a word is recorded, and closed at once after it.
export const whyItCannot = () => {
  if (!globalThis.isSecureContext) return "insecure";
  return navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder ? "" : "old";
};

// Resolves with the recording when it is over, by itself after `seconds`; rejects with why not.
// `begun` is told how to stop it earlier.
export async function record(seconds, begun) {
  const stream = await open();
  try {
    return await listen(stream, seconds, begun);
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

async function open() {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
  } catch ({ name }) {
    const why = { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "none" }[name];
    throw new Error(why ?? "busy");
  }
}

function listen(stream, seconds, begun) {
  return new Promise((resolve, reject) => {
    const recorder = new MediaRecorder(stream);
    const pieces = [];
    const stop = () => recorder.state === "recording" && recorder.stop();
    const timer = setTimeout(stop, seconds * 1000);
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    recorder.onerror = () => reject(new Error("busy"));
    recorder.onstop = () => {
      clearTimeout(timer);
      resolve(new Blob(pieces, { type: recorder.mimeType }));
    };
    recorder.onstart = () => begun(stop);
    recorder.start();
  });
}
