/** From a tab without a line to the one that has it. Without a frame: it wants no more. */
export type Asking = {
  from: string;
  frame?: string;
  /** When it heard something last, over whichever line. */
  heardAt?: number | undefined;
};

/** From the tab that has the line: to one, or to all. */
export type Telling = {
  /** Tells one holder of the line from the next. */
  by: string;
  to?: string;
  /** Frames of the server's, as they would come over a socket. */
  frames?: string[];
  /** Counts what is told to all, so that a tab notices when it has missed something. */
  count?: number;
  /** The line has ended, with a socket's code. */
  ended?: number;
  /** `leads`: this is the tab to ask from now on. `up`: the line stands. */
  news?: 'leads' | 'up';
};
