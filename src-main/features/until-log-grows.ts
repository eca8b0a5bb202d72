/** Answers that change with the log only: each holds until the log grows, whoever wrote. */
import { Log } from "#journal/log.ts";
import type { Store } from "#store/store.ts";

/** So many questions are remembered at a time. */
const QUESTIONS = 50;

export class UntilLogGrows<Answer> {
  private readonly known = new WeakMap<Store, { end: number; answers: Map<string, Answer> }>();

  /** What was answered to `question` since the last change set, or else what `work` answers now. */
  answer(store: Store, question: string, work: () => Answer): Answer {
    const end = new Log(store).end();
    const known = this.known.get(store);
    const answers = known?.end === end && known.answers.size < QUESTIONS ? known.answers : new Map<string, Answer>();
    this.known.set(store, { end, answers });
    const answer = answers.get(question) ?? work();
    answers.set(question, answer);
    return answer;
  }
}
