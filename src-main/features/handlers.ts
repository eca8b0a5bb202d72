/** The shape every feature has: one plain function per procedure of its slice of the contract. */
import type { AnyContractProcedure, InferContractRouterInputs, InferContractRouterOutputs } from "@orpc/contract";
import type { Office } from "./office.ts";

type Slice = Record<string, AnyContractProcedure>;

export type Handlers<S extends Slice> = {
  [K in keyof S & string]: (
    office: Office,
    input: InferContractRouterInputs<S>[K],
    /** Aborted when the caller gives up. */
    signal?: AbortSignal,
  ) => Answer<InferContractRouterOutputs<S>[K]> | Promise<Answer<InferContractRouterOutputs<S>[K]>>;
};

/** A live answer is any generator. */
type Answer<Output> = Output extends AsyncIteratorObject<infer Each> ? AsyncGenerator<Each> : Output;

/** The input of one procedure of a slice, as its handler receives it. */
export type InputOf<S extends Slice, K extends keyof S & string> = InferContractRouterInputs<S>[K];
