/** One help page: of one page of the program, told by what a clerk wants to do there. */
export type HelpTopic = {
  id: string;
  /** Path of the route that it belongs to, as the route declares it. */
  page: string;
  title: string;
  /** What the page is for, in one sentence. */
  purpose: string;
  howTo: readonly { task: string; steps: readonly string[] }[];
  questions: readonly { question: string; answer: string }[];
  keys: readonly { keys: string; label: string }[];
};
