const OPENS = 9;
const CLOSES = 17;

/** When the shop answers: Monday to Friday, nine to five, in the zone of this machine, as the workspace is set up. */
export class Hours {
  /** The moment itself while open, else some minutes into the next opening. */
  nextOpen(moment: Date): Date {
    const at = new Date(moment);
    while (at.getDay() === 0 || at.getDay() === 6 || at.getHours() >= CLOSES) {
      at.setDate(at.getDate() + 1);
      at.setHours(0);
    }
    // Whatever the minute was: people do not all answer on the stroke of nine.
    if (at.getHours() < OPENS) at.setHours(OPENS);
    return at;
  }
}
