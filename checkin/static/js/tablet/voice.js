// Says one word: by its sound, else by a voice that lives in the device, else not at all.
// A voice from the network is never used: it would send the word to somebody else.
const START_MS = 2500; // a sound or a voice that has not begun by then will not come
const MOST_MS = 6000; // nor does any word take longer than this
const audio = new Audio(); // an element, not Web Audio: that one obeys an iPad's silent switch
const speech = globalThis.speechSynthesis;
const ownVoices = () => (speech?.getVoices() ?? []).filter((voice) => voice.localService);
const primary = (tag) => tag.toLowerCase().split(/[-_]/)[0];
let isAwake = false;
let stop = null; // ends what sounds now

ownVoices(); // some browsers look for their voices only when asked

// Resolves when the word is over: true when it sounded, false when nothing could or it was hushed.
// The first time it is called in a tap: browsers let no page speak unasked.
export async function say({ url, text, language }) {
  hush();
  wake();
  let outcome = url ? await play(url) : "silent";
  const voice = ownVoices().find((one) => primary(one.lang) === primary(language));
  if (outcome === "silent" && text && voice) outcome = await speak(text, voice);
  return outcome === "sounded";
}

export function hush() {
  stop?.();
}

function wake() {
  if (isAwake) return;
  isAwake = true;
  audio.load(); // an element that was loaded in a tap may play later, without one
  const [voice] = ownVoices();
  if (voice) speech.speak(Object.assign(new SpeechSynthesisUtterance(""), { voice }));
}

const play = (url) =>
  run(({ begun, over, failed }) => {
    Object.assign(audio, { onplaying: begun, onended: over, onerror: failed, src: url });
    audio.play().catch(failed);
    return () => audio.pause();
  });

const speak = (text, voice) =>
  run(({ begun, over, failed }) => {
    const handlers = { onstart: begun, onend: over, onerror: failed };
    const spoken = new SpeechSynthesisUtterance(text);
    speech.speak(Object.assign(spoken, { voice, lang: voice.lang, rate: 0.9, ...handlers }));
    return () => speech.cancel();
  });

// Begins something, and resolves with how it ended: sounded, silent or hushed.
function run(begin) {
  return new Promise((resolve) => {
    let timer = setTimeout(() => end("silent"), START_MS);
    let silence = () => {};
    const hushed = () => end("hushed");
    const end = (outcome) => {
      if (stop !== hushed) return; // over already
      stop = null;
      clearTimeout(timer);
      silence();
      resolve(outcome);
    };
    const begun = () => {
      clearTimeout(timer);
      timer = setTimeout(() => end("sounded"), MOST_MS);
    };
    stop = hushed;
    silence = begin({ begun, over: () => end("sounded"), failed: () => end("silent") });
  });
}
