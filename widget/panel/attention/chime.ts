let context: AudioContext | undefined;

/** Two soft notes, made here: a file would be a request, and one more thing for a page's policy to allow. */
export async function chime(): Promise<void> {
  context ??= new AudioContext();
  // Browsers let a page be heard once somebody has clicked in it; until then this stays silent.
  await context.resume();
  const now = context.currentTime;
  [660, 880].forEach((frequency, index) => note(context as AudioContext, frequency, now + index * 0.11));
}

function note(audio: AudioContext, frequency: number, at: number): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.12, at + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + 0.4);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.4);
}

/** Gives the audio device back. */
export function silence(): void {
  void context?.close();
  context = undefined;
}
