/** The day for which every light of the program is shown; today until the clerk picks another. */
import { createContext, type ReactNode, use, useMemo, useState } from "react";
import { useBooksOn } from "./books-on.ts";
import { useSession } from "./session.tsx";

type LightDate = { asOf: string; isToday: boolean; setAsOf: (date: string | null) => void };

const Context = createContext<LightDate | null>(null);

export function LightDateProvider({ children }: { children: ReactNode }) {
  const { today } = useSession();
  const [chosen, setAsOf] = useState<string | null>(null);
  const value = useMemo(
    () => ({ asOf: chosen ?? today, isToday: (chosen ?? today) === today, setAsOf }),
    [chosen, today],
  );
  return <Context value={value}>{children}</Context>;
}

/** The light date and its setter (null: back to today); on a past day's ledger its lights are those of that day. */
export function useLightDate(): LightDate {
  const value = use(Context);
  const booksOn = useBooksOn();
  if (!value) throw new Error("useLightDate needs LightDateProvider");
  return booksOn ? { ...value, asOf: booksOn, isToday: false } : value;
}
